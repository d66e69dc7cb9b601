package dev.hooklake.server.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.providers.customerio.CustomerIoMessage;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Origin;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message of Customer.io, and the webhooks that should have told of it.
///
/// An event made from it has the shape of a webhook, so that one decoder reads both; its key is
/// `backfill:`, the delivery, the metric and, where the list tells it, the doer. A webhook's own
/// `event_id` is not in the list.
///
/// @param api the path that showed it
/// @param tellsDoers whether it would show who opened or clicked
record CustomerIoListed(
    String source, Channel channel, CustomerIoMessage message, String api, boolean tellsDoers)
    implements ListedMessage {
  /// What the list shows and webhooks tell, besides opens and clicks.
  private static final List<String> METRICS =
      List.of(
          "drafted",
          "sent",
          "delivered",
          "converted",
          "bounced",
          "spammed",
          "unsubscribed",
          "dropped",
          "failed",
          "undeliverable");

  private static final Instant DOERS_KNOWN_SINCE = Instant.parse("2025-03-20T00:00:00Z");

  private static final List<String> WITH_REASON =
      List.of("bounced", "dropped", "failed", "undeliverable");

  /// Empty for a kind of message that has no webhooks.
  static Optional<CustomerIoListed> of(String source, CustomerIoMessage message) {
    return of(source, message, "/v1/messages", true);
  }

  /// As an export shows it: its events have the same keys, where it too tells who did it.
  static Optional<CustomerIoListed> ofExport(
      String source, CustomerIoMessage message, boolean tellsDoers) {
    return of(source, message, "/v1/exports", tellsDoers);
  }

  private static Optional<CustomerIoListed> of(
      String source, CustomerIoMessage message, String api, boolean tellsDoers) {
    String type = objectType(message.type());
    return type.equals("lead") || type.equals("customer")
        ? Optional.empty()
        : Channel.of(type)
            .map(channel -> new CustomerIoListed(source, channel, message, api, tellsDoers));
  }

  /// SMS has another name in the API than in webhooks.
  private static String objectType(String type) {
    return type.equals("twilio") ? "sms" : type;
  }

  @Override
  public String deliveryId() {
    return message.id();
  }

  @Override
  public Parent parent() {
    CustomerIoMessage.Parent parent = message.parent();
    if (parent.campaignId() != null) {
      return new Parent("campaign", parent.campaignId());
    }
    if (parent.broadcastId() != null) {
      return new Parent("broadcast", parent.broadcastId());
    }
    if (parent.newsletterId() != null) {
      return new Parent("newsletter", parent.newsletterId());
    }
    return parent.transactionalId() != null
        ? new Parent("transactional", parent.transactionalId())
        : Parent.NONE;
  }

  @Override
  public Instant created() {
    return message.created();
  }

  @Override
  public long length() {
    CustomerIoMessage.Person person = message.person();
    return message.id().length()
        + length(person.customerId())
        + length(person.id())
        + length(person.email())
        + length(person.cioId())
        + length(message.parent().triggerEventId())
        + length(message.recipient())
        + length(message.subject())
        + length(message.failureMessage());
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  @Override
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    Map<String, Instant> times = message.metrics();
    METRICS.forEach(metric -> add(facts, metric, Doer.ANYONE, times.get(metric)));
    byDoer(facts, "opened", times.get("human_opened"), times.get("prefetch_opened"));
    byDoer(facts, "clicked", times.get("human_clicked"), times.get("prefetch_clicked"));
    return facts;
  }

  /// Who did it is told since 2025; before that, and for opens that were deduced, only that it was.
  private void byDoer(
      List<Fact> facts, String metric, @Nullable Instant human, @Nullable Instant machine) {
    if (human == null && machine == null) {
      add(facts, metric, Doer.ANYONE, message.metrics().get(metric));
    }
    add(facts, metric, Doer.HUMAN, human);
    add(facts, metric, Doer.MACHINE, machine);
  }

  private static void add(List<Fact> facts, String metric, Doer doer, @Nullable Instant at) {
    if (at != null) {
      facts.add(new Fact(metric, doer, at));
    }
  }

  @Override
  public SourceEvent event(Fact fact, Instant fetchedAt) {
    String key = "backfill:" + message.id() + ":" + fact.name();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("event_id", key).put("object_type", channel.label()).put("metric", fact.metric());
    body.put("timestamp", fact.at().getEpochSecond());
    fill(body.putObject("data"), fact);
    return new SourceEvent(
        source,
        key,
        fetchedAt,
        Origin.backfillPath(api),
        Headers.NONE,
        "application/json",
        Payload.of(body.toString()));
  }

  private void fill(ObjectNode data, Fact fact) {
    data.put("delivery_id", message.id());
    put(data, "customer_id", message.person().customerId());
    ObjectNode identifiers = data.putObject("identifiers");
    put(identifiers, "id", message.person().id());
    put(identifiers, "email", message.person().email());
    put(identifiers, "cio_id", message.person().cioId());
    CustomerIoMessage.Parent parent = message.parent();
    put(data, "campaign_id", parent.campaignId());
    put(data, "broadcast_id", parent.broadcastId());
    put(data, "newsletter_id", parent.newsletterId());
    put(data, "transactional_message_id", parent.transactionalId());
    put(data, "content_id", parent.contentId());
    put(data, "action_id", parent.actionId());
    put(data, "parent_action_id", parent.parentActionId());
    put(data, "trigger_event_id", parent.triggerEventId());
    put(data, "recipient", message.recipient());
    put(data, "subject", message.subject());
    if (WITH_REASON.contains(fact.metric())) {
      put(data, "failure_message", message.failureMessage());
    }
    if (isDeduced(fact)) {
      data.put("synthetic", true);
    }
    if (fact.doer() != Doer.ANYONE) {
      String flag = fact.metric().equals("clicked") ? "machine" : "prefetched";
      data.put(flag, fact.doer() == Doer.MACHINE);
    }
  }

  /// An open by nobody in particular, beside a click, from the time since it is told who opens: the
  /// click alone proves it, and it must not pass for a person's.
  private boolean isDeduced(Fact fact) {
    return tellsDoers
        && fact.metric().equals("opened")
        && fact.doer() == Doer.ANYONE
        && fact.at().isAfter(DOERS_KNOWN_SINCE)
        && message.metrics().containsKey("clicked");
  }

  private static void put(ObjectNode object, String field, @Nullable String value) {
    if (value != null) {
      object.put(field, value);
    }
  }

  private static void put(ObjectNode object, String field, @Nullable Long value) {
    if (value != null) {
      object.put(field, value);
    }
  }
}
