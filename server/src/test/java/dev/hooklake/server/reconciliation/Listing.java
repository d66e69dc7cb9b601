package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Origin;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A provider's list in memory, one page a day, that may break off and whose webhook may be set in
/// any way.
final class Listing implements ProviderHistory {
  final List<Message> messages = new ArrayList<>();
  Subscription subscription = Subscription.UNKNOWN;
  String breaksWith = "";
  LocalDate reach = LocalDate.EPOCH;
  List<Parent> asked = List.of();
  Naming names = new Naming.Seen(List.of());

  record Message(String deliveryId, Instant created, List<Fact> facts) implements ListedMessage {
    @Override
    public Channel channel() {
      return Channel.EMAIL;
    }

    @Override
    public Parent parent() {
      return new Parent("campaign", 7);
    }

    @Override
    public SourceEvent event(Fact fact, Instant fetchedAt) {
      return event(fact, fetchedAt, "backfill:" + deliveryId + ":" + fact.name(), true);
    }

    /// The webhook that tells of a fact.
    SourceEvent webhook(Fact fact) {
      return event(fact, fact.at(), deliveryId + "-" + fact.name(), false);
    }

    private SourceEvent event(Fact fact, Instant at, String key, boolean fetched) {
      String machine =
          fact.metric().equals("opened") ? ",\"prefetched\":" + (fact.doer() == Doer.MACHINE) : "";
      String body =
          "{\"event_id\":\"%s\",\"object_type\":\"email\",\"metric\":\"%s\",\"timestamp\":%d,"
                  .formatted(key, fact.metric(), fact.at().getEpochSecond())
              + "\"data\":{\"delivery_id\":\"%s\",\"campaign_id\":7%s}}"
                  .formatted(deliveryId, machine);
      return new SourceEvent(
          "customerio",
          key,
          at,
          fetched ? Origin.backfillPath("/list") : "/webhook/customerio",
          Headers.NONE,
          "application/json",
          Payload.of(body));
    }
  }

  /// A message created at noon of a day, delivered a minute later; returns it.
  Message delivered(String id, LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    var message =
        new Message(
            id,
            noon,
            List.of(
                new Fact("sent", Doer.ANYONE, noon.plusSeconds(30)),
                new Fact("delivered", Doer.ANYONE, noon.plusSeconds(60))));
    messages.add(message);
    return message;
  }

  @Override
  public LocalDate reachesBackTo(LocalDate today) {
    return reach;
  }

  @Override
  public Walk walk(LocalDate newest, LocalDate oldest) {
    Deque<Step> steps = new ArrayDeque<>();
    for (LocalDate day = newest; !day.isBefore(oldest); day = day.minusDays(1)) {
      LocalDate of = day;
      steps.add(
          new Step.Messages(
              messages.stream()
                  .filter(each -> LocalDate.ofInstant(each.created(), ZoneOffset.UTC).equals(of))
                  .toList()));
      steps.add(new Step.DayDone(day));
    }
    steps.add(breaksWith.isEmpty() ? new Step.End() : new Step.Broken(breaksWith));
    int all = steps.size();
    return new Walk() {
      @Override
      public Step next() {
        return steps.removeFirst();
      }

      @Override
      public long requests() {
        return (long) all - steps.size();
      }
    };
  }

  @Override
  public Look subscription() {
    return new Look.Seen(subscription);
  }

  @Override
  public Counts reported(List<Parent> parents, LocalDate from, LocalDate to) {
    asked = parents;
    return new Counts(List.of(), null);
  }

  @Override
  public Naming names(List<Parent> parents) {
    return names;
  }
}
