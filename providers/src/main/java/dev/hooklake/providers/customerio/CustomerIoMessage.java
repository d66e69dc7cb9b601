package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One message to one person, with the time each metric was first reached.
///
/// @param id the webhook's `delivery_id`
/// @param type `email webhook twilio push in_app slack whatsapp live_notification`; `twilio` is SMS
/// @param metrics first time of each, by name; besides the webhooks' own there are `created`,
///   `human_opened`, `prefetch_opened`, `human_clicked` and `prefetch_clicked`
/// @param forgotten its content was not kept
public record CustomerIoMessage(
    String id,
    String type,
    Person person,
    Parent parent,
    @Nullable String recipient,
    @Nullable String subject,
    Instant created,
    Map<String, Instant> metrics,
    @Nullable String failureMessage,
    boolean forgotten) {

  /// Beyond these seconds a number is no time: the API's own limits are 2000 to 9999.
  private static final long MAX_SECONDS = 253_402_300_799L;

  /// Whom it went to.
  ///
  /// @param customerId the API's older name of the person; may differ from `id`
  public record Person(
      @Nullable String customerId,
      @Nullable String id,
      @Nullable String email,
      @Nullable String cioId) {
    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }

  /// What the message belongs to; only what applies is there.
  ///
  /// @param transactionalId told by exports, not by the list of messages
  public record Parent(
      @Nullable Long campaignId,
      @Nullable Long broadcastId,
      @Nullable Long newsletterId,
      @Nullable Long transactionalId,
      @Nullable Long contentId,
      @Nullable Long actionId,
      @Nullable Long parentActionId,
      @Nullable String triggerEventId) {}

  public CustomerIoMessage {
    metrics = Map.copyOf(metrics);
  }

  /// Empty without an id or a time of creation.
  static Optional<CustomerIoMessage> of(JsonNode json) {
    String id = Json.text(json, "id");
    Long created = Json.number(json, "created");
    return id == null || created == null
        ? Optional.empty()
        : Optional.of(of(id, time(created), json));
  }

  private static Instant time(long seconds) {
    return Instant.ofEpochSecond(Math.max(0, Math.min(seconds, MAX_SECONDS)));
  }

  private static CustomerIoMessage of(String id, Instant created, JsonNode json) {
    JsonNode identifiers = json.path("customer_identifiers");
    return new CustomerIoMessage(
        id,
        json.path("type").asText(),
        new Person(
            Json.text(json, "customer_id"),
            Json.text(identifiers, "id"),
            Json.text(identifiers, "email"),
            Json.text(identifiers, "cio_id")),
        new Parent(
            Json.number(json, "campaign_id"),
            Json.number(json, "broadcast_id"),
            Json.number(json, "newsletter_id"),
            Json.number(json, "transactional_message_id"),
            Json.number(json, "content_id"),
            Json.number(json, "action_id"),
            Json.number(json, "parent_action_id"),
            Json.text(json, "trigger_event_id")),
        Json.text(json, "recipient"),
        Json.text(json, "subject"),
        created,
        times(json.path("metrics")),
        Json.text(json, "failure_message"),
        json.path("forgotten").asBoolean());
  }

  private static Map<String, Instant> times(JsonNode metrics) {
    Map<String, Instant> times = new LinkedHashMap<>();
    metrics
        .fieldNames()
        .forEachRemaining(name -> {
          Long seconds = Json.number(metrics, name);
          if (seconds != null && seconds > 0 && seconds <= MAX_SECONDS) {
            times.put(name, Instant.ofEpochSecond(seconds));
          }
        });
    return times;
  }

  /// A message is personal data but for this.
  @Override
  public String toString() {
    return "CustomerIoMessage[" + id + ", " + type + "]";
  }
}
