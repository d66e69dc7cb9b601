package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.fields.EventTime;
import dev.hooklake.sources.fields.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an event's text gives: a lead event, or the reason why it is none.
sealed interface LeadReading {

  record Usable(LeadEvent event) implements LeadReading {}

  record Unusable(NotUnderstood why) implements LeadReading {}

  /// Visible characters only: the id becomes part of keys and of paths at C2S.
  Pattern LEAD_ID = Pattern.compile("[\\x21-\\x7e]{1,100}");

  NotUnderstood NO_JSON = new NotUnderstood(Reason.NOT_JSON, "the body is not one JSON text");
  NotUnderstood NO_OBJECT =
      new NotUnderstood(
          Reason.NOT_AN_OBJECT, "a lead event is a JSON object, or several of them in an array");
  NotUnderstood NO_EVENT =
      new NotUnderstood(Reason.NOT_AN_OBJECT, "the array is empty or holds more than 10000 events");
  NotUnderstood NO_ID =
      new NotUnderstood(
          Reason.FIELD_UNUSABLE, "id must be a text of 1 to 100 visible ASCII characters");
  NotUnderstood NO_TIME =
      new NotUnderstood(
          Reason.TIMESTAMP_UNUSABLE,
          "attributes.updated_at must be an ISO 8601 time such as 2026-01-15T10:00:00.000-03:00");

  static LeadReading of(Payload body) {
    Optional<JsonNode> parsed = Json.parse(body);
    if (parsed.isEmpty()) {
      return new Unusable(NO_JSON);
    }
    return switch (parsed.get().getNodeType()) {
      case OBJECT -> of(Envelope.of((ObjectNode) parsed.get()));
      case ARRAY -> new Unusable(NO_EVENT);
      default -> new Unusable(NO_OBJECT);
    };
  }

  private static LeadReading of(Envelope envelope) {
    JsonNode id = envelope.lead().path("id");
    if (!id.isTextual() || !LEAD_ID.matcher(id.asText()).matches()) {
      return new Unusable(NO_ID);
    }
    JsonNode updatedAt = envelope.attributes().path("updated_at");
    Optional<Instant> time =
        updatedAt.isTextual() ? EventTime.ISO_8601.parse(updatedAt) : Optional.empty();
    return time.<LeadReading>map(at -> new Usable(new LeadEvent(envelope, id.asText(), at)))
        .orElseGet(() -> new Unusable(NO_TIME));
  }
}
