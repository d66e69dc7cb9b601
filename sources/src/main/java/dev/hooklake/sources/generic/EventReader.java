package dev.hooklake.sources.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.fields.EventRow;
import dev.hooklake.sources.fields.FieldPath;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.fields.Pieces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Makes a row of an event by rules.
final class EventReader {
  private static final Pattern METRIC = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  private final RowRules rules;
  private final List<FieldPath> split;

  EventReader(RowRules rules, List<FieldPath> split) {
    this.rules = rules;
    this.split = split;
  }

  /// The fields of a body: JSON, or a form as an object of texts.
  static Optional<JsonNode> body(String contentType, Payload body) {
    return FormFields.isForm(contentType)
        ? FormFields.parse(body.utf8()).map(Json::object)
        : Json.parse(body);
  }

  Decoding decode(SourceEvent event, Instant processedAt) {
    Optional<JsonNode> body = body(event.contentType(), event.body());
    if (body.isEmpty()) {
      return new NotUnderstood(Reason.NOT_JSON, "the event is not JSON, or too many form fields");
    }
    if (Pieces.remain(body.get(), split)) {
      return new NotUnderstood(
          Reason.FIELD_UNUSABLE, "the delivery holds more events than can be taken apart");
    }
    return body.get() instanceof ObjectNode object
        ? decode(object, event, processedAt)
        : new NotUnderstood(Reason.NOT_AN_OBJECT, "the event is not a JSON object");
  }

  private Decoding decode(ObjectNode body, SourceEvent event, Instant processedAt) {
    Optional<String> metric =
        rules.metric().text(body, event.headers()).filter(text -> METRIC.matcher(text).matches());
    if (metric.isEmpty()) {
      return new NotUnderstood(Reason.METRIC_MISSING, "no field says what happened");
    }
    Optional<Channel> channel = rules.channel().text(body, event.headers()).flatMap(Channel::of);
    if (channel.isEmpty()) {
      return new NotUnderstood(Reason.OBJECT_TYPE_UNKNOWN, "no field names a channel we know");
    }
    Optional<Instant> occurredAt = rules.time().of(body, event);
    if (occurredAt.isEmpty()) {
      return new NotUnderstood(
          Reason.TIMESTAMP_UNUSABLE, "no field holds a time of the configured format");
    }
    var row = new EventRow(channel.get().table(), body);
    row.set("metric", metric.get())
        .set(
            "object_type",
            rules.objectType().text(body, event.headers()).orElse(channel.get().label()));
    fill(row, body, event);
    dropIfSame(row, rules.metric(), body, metric.get());
    dropIfSame(row, rules.time().from(), body, Long.toString(occurredAt.get().getEpochSecond()));
    return new Decoding.Understood(row.build(event, occurredAt.get(), processedAt));
  }

  private void fill(EventRow row, ObjectNode body, SourceEvent event) {
    for (Map.Entry<String, ValueRule> column : rules.columns().entrySet()) {
      ValueRule rule = column.getValue();
      if (rule.plain()) {
        move(row, column.getKey(), rule, body, event);
      } else {
        rule.text(body, event.headers()).ifPresent(text -> row.setText(column.getKey(), text));
      }
    }
  }

  /// A field that is moved as it is leaves `extra`; everything else stays there too.
  private static void move(
      EventRow row, String column, ValueRule rule, ObjectNode body, SourceEvent event) {
    for (Origin origin : rule.from()) {
      boolean found =
          origin instanceof Origin.Field field
              ? row.take(column, field.path())
              : row.setText(column, origin.in(body, event.headers()).asText());
      if (found) {
        return;
      }
    }
  }

  /// A field of which a column says the very same need not stand in `extra` again.
  private static void dropIfSame(EventRow row, ValueRule rule, ObjectNode body, String said) {
    for (Origin origin : rule.from()) {
      if (origin instanceof Origin.Field field && field.path().in(body).asText().equals(said)) {
        row.drop(field.path().toString());
      }
    }
  }
}
