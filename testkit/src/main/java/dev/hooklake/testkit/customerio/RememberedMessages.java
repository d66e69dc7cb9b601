package dev.hooklake.testkit.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The messages behind webhooks that were sent, learned from the webhooks themselves. The oldest
/// are forgotten when there are too many.
public final class RememberedMessages implements FakeMessages {
  private static final List<String> PARENTS =
      List.of(
          "campaign_id",
          "broadcast_id",
          "newsletter_id",
          "transactional_message_id",
          "content_id",
          "action_id",
          "parent_action_id");

  /// What `GET /v1/messages` shows of the webhooks' metrics.
  private static final List<String> LISTED =
      List.of(
          "drafted",
          "sent",
          "delivered",
          "opened",
          "clicked",
          "converted",
          "bounced",
          "spammed",
          "unsubscribed",
          "dropped",
          "failed",
          "undeliverable");

  private final int most;
  private final LinkedHashMap<String, FakeMessage> messages = new LinkedHashMap<>();

  public RememberedMessages(int most) {
    this.most = most;
  }

  /// Takes a webhook's body in. True when the list of messages shows by it what it did not show
  /// before, so that the webhook's loss could be noticed.
  public synchronized boolean happened(JsonNode event) {
    JsonNode data = event.path("data");
    String id = data.path("delivery_id").asText("");
    String metric = event.path("metric").asText();
    if (id.isEmpty() || !LISTED.contains(metric)) {
      return false;
    }
    long at = event.path("timestamp").asLong();
    FakeMessage message = messages.computeIfAbsent(id, unseen -> message(unseen, event, data, at));
    forgetOldest();
    boolean shown = false;
    for (String name : names(metric, data)) {
      Long before = message.metrics().get(name);
      shown |= before == null;
      message.metrics().put(name, before == null ? at : Math.min(before, at));
    }
    return shown;
  }

  private void forgetOldest() {
    if (messages.size() > most) {
      messages.pollFirstEntry();
    }
  }

  private static List<String> names(String metric, JsonNode data) {
    boolean machine = data.path("machine").asBoolean() || data.path("prefetched").asBoolean();
    boolean deduced = data.path("synthetic").asBoolean();
    return switch (metric) {
      case "opened" ->
          deduced
              ? List.of("opened")
              : List.of("opened", machine ? "prefetch_opened" : "human_opened");
      case "clicked" -> List.of("clicked", machine ? "prefetch_clicked" : "human_clicked");
      default -> List.of(metric);
    };
  }

  private static FakeMessage message(String id, JsonNode event, JsonNode data, long at) {
    Map<String, Long> parent = new HashMap<>();
    for (String field : PARENTS) {
      if (data.path(field).isIntegralNumber()) {
        parent.put(field, data.path(field).asLong());
      }
    }
    JsonNode identifiers = data.path("identifiers");
    String type = event.path("object_type").asText();
    var metrics = new LinkedHashMap<String, Long>();
    metrics.put("created", at);
    return new FakeMessage(
        id,
        type.equals("sms") ? "twilio" : type,
        new FakeMessage.Person(
            identifiers.path("id").asText(data.path("customer_id").asText("")),
            identifiers.path("email").asText(null),
            identifiers.path("cio_id").asText(null)),
        parent,
        data.path("recipient").asText(null),
        data.path("subject").asText(null),
        at,
        metrics,
        data.path("failure_message").asText(null));
  }

  @Override
  public synchronized List<FakeMessage> page(long from, long to, long after, int limit) {
    return messages.values().stream()
        .filter(message -> message.created() >= from && message.created() <= to)
        .skip(after)
        .limit(limit)
        .map(RememberedMessages::copy)
        .toList();
  }

  @Override
  public synchronized Optional<FakeMessage> byId(String id) {
    return Optional.ofNullable(messages.get(id)).map(RememberedMessages::copy);
  }

  @Override
  public synchronized Stream<FakeMessage> all() {
    return messages.values().stream().map(RememberedMessages::copy).toList().stream();
  }

  /// Others read while more happens.
  private static FakeMessage copy(FakeMessage m) {
    return new FakeMessage(
        m.id(),
        m.type(),
        m.person(),
        m.parent(),
        m.recipient(),
        m.subject(),
        m.created(),
        new LinkedHashMap<>(m.metrics()),
        m.failureMessage());
  }
}
