package dev.hooklake.providers.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message as Twilio lists it: its present state, without the states before.
///
/// @param status as in callbacks: `queued sent delivered undelivered failed read received ...`
/// @param direction `inbound`, or `outbound-` and who sent it
/// @param errorCode null when none
public record TwilioMessage(
    String sid,
    String accountSid,
    @Nullable String from,
    @Nullable String to,
    @Nullable String body,
    String status,
    String direction,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable String segments,
    @Nullable String price,
    @Nullable String priceUnit,
    Instant created,
    @Nullable Instant sent,
    @Nullable Instant updated) {

  public boolean inbound() {
    return direction.equals("inbound");
  }

  /// Empty without an id or a time of creation.
  static Optional<TwilioMessage> of(JsonNode json) {
    String sid = text(json, "sid");
    Instant created = time(json, "date_created");
    return sid == null || created == null ? Optional.empty() : Optional.of(of(sid, created, json));
  }

  private static TwilioMessage of(String sid, Instant created, JsonNode json) {
    return new TwilioMessage(
        sid,
        json.path("account_sid").asText(),
        text(json, "from"),
        text(json, "to"),
        text(json, "body"),
        json.path("status").asText(),
        json.path("direction").asText(),
        text(json, "error_code"),
        text(json, "error_message"),
        text(json, "num_segments"),
        text(json, "price"),
        text(json, "price_unit"),
        created,
        time(json, "date_sent"),
        time(json, "date_updated"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private static @Nullable Instant time(JsonNode json, String field) {
    String text = text(json, field);
    try {
      return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// A message is personal data but for this.
  @Override
  public String toString() {
    return "TwilioMessage[" + sid + ", " + status + "]";
  }
}
