package dev.hooklake.sources.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.fields.EventRow;
import dev.hooklake.sources.fields.EventTime;
import dev.hooklake.sources.fields.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One CloudEvent of Twilio's Event Streams. Of its many types the messaging ones become rows; they
/// carry the time of the event, which callbacks do not.
final class StreamEvent {
  private static final String STATUS_TYPE = "com.twilio.messaging.message.";
  private static final String INBOUND_TYPE = "com.twilio.messaging.inbound-message.";

  private final ObjectNode event;

  private StreamEvent(ObjectNode event) {
    this.event = event;
  }

  /// Empty when the body is not a JSON object.
  static Optional<StreamEvent> read(Payload body) {
    return Json.parse(body)
        .filter(ObjectNode.class::isInstance)
        .map(node -> new StreamEvent(withParsedData((ObjectNode) node)));
  }

  Optional<String> key() {
    String id = event.path("id").asText();
    return id.isBlank() || id.length() > 200 ? Optional.empty() : Optional.of(id);
  }

  Decoding decode(SourceEvent source, Set<String> accountSids, Instant processedAt) {
    String type = event.path("type").asText();
    boolean inbound = type.startsWith(INBOUND_TYPE);
    if (!inbound && !type.startsWith(STATUS_TYPE)) {
      return new Decoding.NotUnderstood(
          Reason.OBJECT_TYPE_UNKNOWN, "only messaging events of Event Streams become rows");
    }
    if (!MessageSid.isOne(data("messageSid"))) {
      return new Decoding.NotUnderstood(
          Reason.FIELD_UNUSABLE, "data.messageSid is not SM or MM and 32 hex digits");
    }
    // Some events leave the account out; those cannot be told apart.
    String account = data("accountSid");
    if (!accountSids.isEmpty() && !account.isEmpty() && !accountSids.contains(account)) {
      return new Decoding.NotUnderstood(
          Reason.FIELD_UNUSABLE, "data.accountSid is not one of the configured accounts");
    }
    String status = data("messageStatus");
    Optional<String> metric =
        Metrics.of(status.isEmpty() ? type.substring(type.lastIndexOf('.') + 1) : status);
    if (metric.isEmpty()) {
      return new Decoding.NotUnderstood(
          Reason.METRIC_MISSING, "neither data.messageStatus nor the type holds a status");
    }
    return new Decoding.Understood(row(source, metric.get(), inbound, processedAt));
  }

  private Row row(SourceEvent source, String metric, boolean inbound, Instant processedAt) {
    Address from = Address.of(data("from"));
    Address to = Address.of(data("to"));
    Channel channel = (inbound ? from : to).table();
    String sid = data("messageSid");
    var row = new EventRow(channel.table(), event);
    row.set("object_type", objectType(sid, inbound ? from : to))
        .set("metric", metric)
        .set("direction", inbound ? "inbound" : "outbound")
        .set("delivery_id", sid)
        .set("recipient", (inbound ? from : to).orNull())
        .set("sender", from.orNull())
        .take("error_code", "/data/errorCode")
        .take("segments", "/data/numberOfSegments", "/data/numSegments")
        .take("content", "/data/body")
        .take("opt_out", "/data/optOutType")
        .drop("/id", "/data/messageSid", "/data/from", "/data/to");
    if (inbound) {
      row.set("to_number", to.orNull()).set("inbound_event_id", sid);
    }
    return row.build(source, occurredAt().orElse(source.receivedAt()), processedAt);
  }

  private Optional<Instant> occurredAt() {
    return EventTime.ISO_8601
        .parse(event.path("time"))
        .or(() -> EventTime.ISO_8601.parse(event.path("data").path("timestamp")));
  }

  private static String objectType(String sid, Address person) {
    if (!person.channel().isEmpty()) {
      return person.channel();
    }
    return sid.startsWith("MM") ? "mms" : "sms";
  }

  private String data(String name) {
    return event.path("data").path(name).asText();
  }

  /// Some products send `data` as JSON inside a string.
  private static ObjectNode withParsedData(ObjectNode event) {
    JsonNode data = event.path("data");
    if (data.isTextual()) {
      Json.parse(Payload.of(data.asText()))
          .filter(JsonNode::isObject)
          .ifPresent(object -> event.set("data", object));
    }
    return event;
  }
}
