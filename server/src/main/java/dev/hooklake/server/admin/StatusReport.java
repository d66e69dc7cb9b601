package dev.hooklake.server.admin;

import dev.hooklake.journal.Journal;
import dev.hooklake.server.admin.Status.Balance;
import dev.hooklake.server.admin.Status.ConsumerState;
import dev.hooklake.server.admin.Status.JournalState;
import dev.hooklake.server.admin.Status.LakeState;
import dev.hooklake.server.admin.Status.SourceState;
import dev.hooklake.server.intake.Readiness;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import dev.hooklake.server.operations.ConsumerProgress;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import dev.hooklake.server.pipeline.OwnEvents;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks every part how it stands.
public final class StatusReport {
  private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5));

  /// What the report asks. `features` are by name.
  public record Parts(
      Journal journal,
      LakePipeline pipeline,
      List<ConsumerThread> consumers,
      LakeTables tables,
      Supplier<List<SourceCounts>> sources,
      OwnEvents own,
      Readiness readiness,
      Map<String, Supplier<?>> features,
      InstantSource clock) {
    public Parts {
      consumers = List.copyOf(consumers);
      features = Map.copyOf(features);
    }
  }

  private final Parts parts;
  private final String version;
  private final boolean development;
  private final Instant startedAt;

  public StatusReport(Parts parts, String version, boolean development) {
    this.parts = parts;
    this.version = version;
    this.development = development;
    this.startedAt = parts.clock().instant();
  }

  Status read() {
    LakeProgress progress = parts.pipeline().progress();
    return new Status(
        version,
        startedAt.toString(),
        Duration.between(startedAt, parts.clock().instant()).toSeconds(),
        development,
        parts.readiness().obstacle().orElse(null),
        balance(),
        JournalState.of(parts.journal().id(), parts.journal().status()),
        lake(progress),
        parts.consumers().stream().map(StatusReport::consumer).toList(),
        parts.sources().get().stream().map(StatusReport::source).toList(),
        features());
  }

  /// Counted at the doors before and after journal and lake were asked: only when nothing came in
  /// between must both agree.
  private Balance balance() {
    Accepted before = accepted();
    long landed = Math.max(0, parts.pipeline().progress().landedThrough());
    long inJournal = Math.max(0, parts.journal().status().lastSequence() - landed);
    boolean quiet = before.underWay() == 0 && before.equals(accepted());
    long accepted = before.events();
    return new Balance(accepted, landed, inJournal, quiet ? accepted - landed - inJournal : 0);
  }

  private Accepted accepted() {
    OwnEvents own = parts.own();
    long events = own.journalBefore() + own.added();
    long underWay = own.underWay();
    for (SourceCounts door : parts.sources().get()) {
      events += door.accepted();
      underWay += door.underWay();
    }
    return new Accepted(events, underWay);
  }

  private Map<String, Object> features() {
    var states = new LinkedHashMap<String, Object>();
    parts.features().forEach((name, state) -> states.put(name, state.get()));
    return states;
  }

  private LakeState lake(LakeProgress progress) {
    List<TableSummary> tables = null;
    String tablesError = null;
    try {
      tables = PATIENCE.ask(parts.tables()::read);
    } catch (IOException e) {
      tablesError = e.getMessage();
    }
    return new LakeState(
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.landedThrough(),
        parts.pipeline().lagRecords(),
        parts.pipeline().lag().toMillis() / 1000.0,
        progress.pendingRecords(),
        progress.failedAttempts(),
        progress.lastError(),
        text(progress.nextAttemptAt()),
        text(progress.lastCommitAt()),
        tables,
        tablesError);
  }

  private static ConsumerState consumer(ConsumerThread consumer) {
    ConsumerProgress progress = consumer.progress();
    Range gap = progress.gap();
    return new ConsumerState(
        consumer.name(),
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.storedThrough(),
        consumer.lagRecords(),
        gap == null ? null : new Status.Gap(gap.after() + 1, gap.last()),
        progress.failedAttempts(),
        progress.lastError(),
        text(progress.nextAttemptAt()));
  }

  private static SourceState source(SourceCounts counts) {
    return new SourceState(
        counts.source(),
        counts.received(),
        counts.accepted(),
        counts.duplicates(),
        counts.rejected(),
        counts.underWay());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /// What was handed to the journal in its whole life, as counted by those who did.
  ///
  /// @param underWay may be handed to it at this moment
  private record Accepted(long events, long underWay) {}
}
