package dev.hooklake.server.tracking;

import static java.util.Comparator.comparing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What must be known of a message when everything has been reported, worked out the slow and plain
/// way: from all facts at once.
record StatusModel(
    String status,
    Instant statusAt,
    @Nullable Instant sent,
    @Nullable Instant delivered,
    @Nullable Instant opened,
    @Nullable Instant clicked,
    @Nullable Instant failed,
    @Nullable Instant complained,
    @Nullable String reason,
    @Nullable String action) {
  private static final Map<String, Integer> RANKS =
      Map.ofEntries(
          Map.entry("queued", 20),
          Map.entry("sent", 40),
          Map.entry("deferred", 50),
          Map.entry("delivered", 60),
          Map.entry("undelivered", 60),
          Map.entry("failed", 60),
          Map.entry("dropped", 60),
          Map.entry("bounced", 65),
          Map.entry("opened", 70),
          Map.entry("clicked", 80));
  private static final Set<String> FAILURES = Set.of("undelivered", "failed", "dropped", "bounced");

  static StatusModel of(List<Fact> facts, Instant createdAt) {
    Fact best =
        facts.stream()
            .filter(fact -> RANKS.containsKey(fact.metric()))
            .max(
                comparing((Fact fact) -> RANKS.get(fact.metric()))
                    .thenComparing(comparing(Fact::at).reversed())
                    .thenComparing(comparing(Fact::metric).reversed()))
            .orElse(null);
    Fact failure = first(facts, fact -> FAILURES.contains(fact.metric()));
    return new StatusModel(
        best == null ? "registered" : best.metric(),
        best == null ? createdAt : best.at(),
        at(facts, "sent"),
        at(facts, "delivered"),
        at(facts, "opened"),
        at(facts, "clicked"),
        failure == null ? null : failure.at(),
        at(facts, "spammed"),
        failure == null ? null : failure.reason(),
        action(facts));
  }

  static StatusModel of(Message message) {
    Message.Times times = message.times();
    Message.Failure failure = message.failure();
    return new StatusModel(
        message.status().label(),
        message.statusAt(),
        times.sent(),
        times.delivered(),
        times.opened(),
        times.clicked(),
        times.failed(),
        times.complained(),
        failure == null ? null : failure.reason(),
        message.actionTaken());
  }

  private static @Nullable Instant at(List<Fact> facts, String metric) {
    Fact first = first(facts, fact -> fact.metric().equals(metric));
    return first == null ? null : first.at();
  }

  private static @Nullable Fact first(List<Fact> facts, Predicate<Fact> which) {
    return facts.stream().filter(which).min(comparing(Fact::at)).orElse(null);
  }

  private static @Nullable String action(List<Fact> facts) {
    Set<String> metrics =
        facts.stream().map(Fact::metric).collect(java.util.stream.Collectors.toSet());
    if (metrics.contains("spammed")) {
      return "marked_as_spam";
    }
    if (metrics.contains("clicked")) {
      return "clicked_link";
    }
    return metrics.contains("bounced") ? "email_bounced" : null;
  }
}
