package dev.hooklake.sources.resend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.MessageReference;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.fields.EventRow;
import dev.hooklake.sources.fields.EventTime;
import dev.hooklake.sources.fields.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// One event of Resend: `{"type", "created_at", "data": {...}}`. The outer time is the event's, the
/// one inside `data` that of the email or contact.
final class EventBody {
  private static final String REFERENCE_HEADER = "X-Message-ID";

  private final ObjectNode body;
  private final JsonNode data;

  EventBody(ObjectNode body) {
    this.body = body;
    this.data = body.path("data");
  }

  Decoding decode(SourceEvent event, Instant processedAt) {
    Optional<EventType> type = EventType.of(body.path("type").asText());
    if (type.isEmpty()) {
      return new Decoding.NotUnderstood(
          Reason.OBJECT_TYPE_UNKNOWN, "type is not email., contact., domain. or suppression.");
    }
    Optional<Instant> occurredAt = EventTime.ISO_8601.parse(body.path("created_at"));
    if (occurredAt.isEmpty()) {
      return new Decoding.NotUnderstood(
          Reason.TIMESTAMP_UNUSABLE, "created_at is not an ISO 8601 time");
    }
    if (!data.isObject()) {
      return new Decoding.NotUnderstood(Reason.FIELD_UNUSABLE, "data is not an object");
    }
    return new Decoding.Understood(row(event, type.get(), occurredAt.get(), processedAt));
  }

  private Row row(SourceEvent event, EventType type, Instant occurredAt, Instant processedAt) {
    var row = new EventRow(type.channel().table(), body);
    row.set("object_type", type.objectType()).set("metric", type.metric()).drop("/created_at");
    if (type.says(body.path("type").asText())) {
      row.drop("/type");
    }
    if (type.email()) {
      email(row, type.metric().equals("received"));
    } else {
      row.take("email_address", "/data/email");
    }
    if (type.objectType().equals("contact")) {
      move(row, "topics", "/data/topics", Pairs.topics(data.path("topics")));
    }
    return row.build(event, occurredAt, processedAt);
  }

  private void email(EventRow row, boolean inbound) {
    row.take("delivery_id", "/data/email_id", "/data/id")
        .set("message_ref", reference().orElse(null))
        .take("sender", "/data/from")
        .take("subject", "/data/subject")
        .take("href", "/data/click/link")
        .take("ip_address", "/data/click/ipAddress")
        .take("user_agent", "/data/click/userAgent")
        .take("bounce_type", "/data/bounce/type")
        .take("bounce_subtype", "/data/bounce/subType")
        .take(
            "failure_message",
            "/data/bounce/message",
            "/data/failed/reason",
            "/data/suppressed/message");
    move(row, "headers", "/data/headers", Pairs.headers(data.path("headers")));
    move(row, "tags", "/data/tags", Pairs.tags(data.path("tags")));
    recipients(row, inbound);
  }

  /// What has not the expected shape stays in `extra`.
  private static void move(
      EventRow row, String column, String pointer, Optional<ObjectNode> value) {
    value.ifPresent(object -> row.set(column, Json.write(object)).remove(pointer));
  }

  /// With several addressees the payload does not say whom the event concerns, so that none of them
  /// becomes the person.
  private void recipients(EventRow row, boolean inbound) {
    Optional<String> only = onlyRecipient();
    if (only.isPresent()) {
      row.set("recipient", only.get()).remove("/data/to");
    } else {
      row.take("recipients", "/data/to");
    }
    Optional<String> person = inbound ? sender() : only.map(Mailbox::address);
    row.set("email_address", person.orElse(null));
  }

  private Optional<String> onlyRecipient() {
    JsonNode to = data.path("to");
    JsonNode only = to.isArray() && to.size() == 1 ? to.get(0) : to;
    return only.isTextual() ? Optional.of(only.asText()) : Optional.empty();
  }

  private Optional<String> sender() {
    return Optional.of(Mailbox.address(data.path("from").asText()))
        .filter(address -> !address.isEmpty());
  }

  /// Our own id, from a tag or a header of ours; tags come as an object or, in older payloads, as a
  /// list.
  private Optional<String> reference() {
    Stream<String> tags =
        MessageReference.NAMES.stream()
            .flatMap(name ->
                Stream.concat(texts(data.path("tags").path(name)), named(data.path("tags"), name)));
    return Stream.concat(tags, named(data.path("headers"), REFERENCE_HEADER))
        .filter(MessageReference::usable)
        .findFirst();
  }

  private static Stream<String> texts(JsonNode node) {
    return node.isTextual() ? Stream.of(node.asText()) : Stream.empty();
  }

  private static Stream<String> named(JsonNode list, String name) {
    if (!list.isArray()) {
      return Stream.empty();
    }
    return StreamSupport.stream(list.spliterator(), false)
        .filter(pair -> pair.path("name").asText().equalsIgnoreCase(name))
        .flatMap(pair -> texts(pair.path("value")));
  }
}
