package dev.hooklake.server.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.providers.resend.ResendEmail;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Origin;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An email of Resend, and the webhook that should have told of its last event.
///
/// The list does not say when that event was: the time the email was made stands for it, and
/// `extra` of the row says so (`time_of`).
record ResendListed(String source, ResendEmail email) implements ListedMessage {
  private static final Set<String> UNDER_WAY = Set.of("queued", "canceled", "");
  private static final Map<String, String> METRICS =
      Map.of("delivery_delayed", "deferred", "complained", "spammed", "suppressed", "dropped");

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public String deliveryId() {
    return email.id();
  }

  @Override
  public Parent parent() {
    return Parent.NONE;
  }

  @Override
  public Instant created() {
    return email.created();
  }

  @Override
  public List<Fact> facts() {
    String event = email.lastEvent();
    return UNDER_WAY.contains(event)
        ? List.of()
        : List.of(new Fact(METRICS.getOrDefault(event, event), Doer.ANYONE, email.created()));
  }

  @Override
  public SourceEvent event(Fact fact, Instant fetchedAt) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("type", "email." + email.lastEvent());
    body.put("created_at", fact.at().toString()).put("time_of", "email");
    ObjectNode data = body.putObject("data");
    data.put("email_id", email.id()).put("from", email.from()).put("subject", email.subject());
    email.to().forEach(data.putArray("to")::add);
    return new SourceEvent(
        source,
        "backfill:" + email.id() + ":" + fact.name(),
        fetchedAt,
        Origin.backfillPath("/emails"),
        Headers.NONE,
        "application/json",
        Payload.of(body.toString()));
  }
}
