package dev.hooklake.server.alerts.drift;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// What sources send, by kind and name: looks through what has landed since the last time and adds
/// it up in the operations database, so nothing is counted twice and the lake is read once.
///
/// A look that fails changes nothing; the next one covers its time too. Looking is for one thread.
public final class Drift {
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

  /// Events that arrived less long ago may be on their way into a table.
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(30);

  private final LakeSearch search;
  private final DriftStore store;
  private final Supplier<Duration> lag;
  private Instant nextLook = Instant.MIN;

  /// @param root of the lake; servers that share lake and database look through it once
  /// @param lag how far the lake is behind
  public Drift(
      LakeQuestions lake, OperationsDatabase database, String root, Supplier<Duration> lag) {
    this.search = new LakeSearch(lake);
    this.store = new DriftStore(database, root);
    this.lag = lag;
  }

  /// Looks through what has landed since, at most every five minutes.
  public void look(Instant now) throws IOException {
    if (now.isBefore(nextLook)) {
      return;
    }
    Instant from = store.lookedThrough().orElse(now.minus(LONGEST_LOOK_BACK));
    Instant to = now.minus(lag.get()).minus(SETTLING);
    if (to.isAfter(from)) {
      store.add(search.between(from, to), from, to);
    }
    nextLook = now.plus(BETWEEN_LOOKS);
  }

  /// What is new and was first seen after a time, newest first.
  public List<DriftEntry> newSince(Instant since) {
    return store.newSince(since);
  }

  /// Everything that was seen, what is new first.
  public List<DriftEntry> all() {
    return store.all();
  }
}
