package dev.hooklake.sources.twilio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.FormFields;
import dev.hooklake.sources.MessageReference;
import dev.hooklake.sources.Origin;
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

/// One form that Twilio posted: the new status of a message of ours, or a message a person sent us.
///
/// Neither carries the time of the event, so the time of receipt stands for it; only what a
/// backfill made of Twilio's list of messages has `DateUpdated`.
final class Callback {
  /// Fields that only say again what others say.
  private static final String[] TWINS = {"/SmsSid", "/SmsStatus", "/SmsMessageSid"};

  private final FormFields form;

  private Callback(FormFields form) {
    this.form = form;
  }

  static Optional<Callback> read(Payload body) {
    return FormFields.parse(body.utf8()).map(Callback::new);
  }

  /// The message, its status and its error code: what stays the same when Twilio repeats itself.
  /// The header I-Twilio-Idempotency-Token is left out on purpose: no signature covers it, so
  /// whoever replays a captured request could change it.
  Optional<String> key() {
    if (!MessageSid.isOne(sid())) {
      return Optional.empty();
    }
    String error = value("ErrorCode");
    return Metrics.status(status())
        .map(status -> sid() + ":" + status + (error.isEmpty() ? "" : ":" + error))
        .filter(key -> key.length() <= 200);
  }

  /// Whether a person wrote to us, so that Twilio expects TwiML and would send anything else on.
  boolean inbound() {
    return Metrics.of(status()).filter("received"::equals).isPresent();
  }

  Decoding decode(SourceEvent event, Set<String> accountSids, Instant processedAt) {
    if (!MessageSid.isOne(sid())) {
      return new Decoding.NotUnderstood(
          Reason.FIELD_UNUSABLE, "MessageSid is not SM or MM and 32 hex digits");
    }
    if (!accountSids.isEmpty() && !accountSids.contains(value("AccountSid"))) {
      return new Decoding.NotUnderstood(
          Reason.FIELD_UNUSABLE, "AccountSid is not one of the configured accounts");
    }
    Optional<String> metric = Metrics.of(status());
    if (metric.isEmpty()) {
      return new Decoding.NotUnderstood(
          Reason.METRIC_MISSING, "MessageStatus and SmsStatus hold no status");
    }
    return new Decoding.Understood(row(event, metric.get(), processedAt));
  }

  private Row row(SourceEvent event, String metric, Instant processedAt) {
    Address from = Address.of(value("From"));
    Address to = Address.of(value("To"));
    boolean inbound = inbound();
    Channel channel = (inbound ? from : to).table();
    var row = new EventRow(channel.table(), fields());
    row.set("object_type", objectType(to))
        .set("metric", metric)
        .set("direction", inbound ? "inbound" : "outbound")
        .set("delivery_id", sid())
        .set("message_ref", MessageReference.stored(event.headers()).orElse(null))
        .take("error_code", "/ErrorCode")
        .take("failure_message", "/ErrorMessage", "/ChannelStatusMessage")
        .take("segments", "/NumSegments")
        .take("price", "/Price")
        .take("price_currency", "/PriceUnit")
        .take("content", "/Body")
        .take("opt_out", "/OptOutType")
        .take("reply_to_id", "/OriginalRepliedMessageSid")
        .drop("/MessageSid", "/From", "/To");
    row.set("sender", from.orNull()).set("recipient", (inbound ? from : to).orNull());
    if (event.origin() == Origin.BACKFILL) {
      row.drop("/DateUpdated");
    }
    if (inbound) {
      row.set("to_number", to.orNull()).set("inbound_event_id", sid());
    }
    return row.build(event, occurredAt(event), processedAt);
  }

  /// Twilio's own callbacks never have the field; who sent one could move nothing in time.
  private Instant occurredAt(SourceEvent event) {
    return event.origin() == Origin.BACKFILL
        ? EventTime.ISO_8601.parse(value("DateUpdated")).orElse(event.receivedAt())
        : event.receivedAt();
  }

  private ObjectNode fields() {
    ObjectNode fields = Json.object(form);
    for (String twin : TWINS) {
      // A twin that differs is a fact of its own.
      String value = value(twin.substring(1));
      if (value.equals(sid()) || value.equals(status())) {
        fields.remove(twin.substring(1));
      }
    }
    String word = Metrics.of(status()).orElse("");
    if (value("MessageStatus").equals(word)) {
      fields.remove("MessageStatus");
    }
    return fields;
  }

  private String objectType(Address to) {
    if (!to.channel().isEmpty()) {
      return to.channel();
    }
    return sid().startsWith("MM") ? "mms" : "sms";
  }

  private String sid() {
    return form.first("MessageSid").or(() -> form.first("SmsSid")).orElse("");
  }

  private String status() {
    return form.first("MessageStatus").or(() -> form.first("SmsStatus")).orElse("");
  }

  private String value(String name) {
    return form.first(name).orElse("");
  }
}
