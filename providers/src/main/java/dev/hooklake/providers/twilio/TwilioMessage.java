package dev.hooklake.providers.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
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

  static TwilioMessage of(JsonNode json) {
    Instant created = time(json, "date_created");
    return new TwilioMessage(
        json.path("sid").asText(),
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
        created == null ? Instant.EPOCH : created,
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
