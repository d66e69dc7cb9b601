package dev.hooklake.server.admin;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
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
    JournalStatus journal = parts.journal().status();
    long landed = Math.max(0, progress.landedThrough());
    long accepted = Math.max(landed, journal.lastSequence());
    return new Status(
        version,
        startedAt.toString(),
        Duration.between(startedAt, parts.clock().instant()).toSeconds(),
        development,
        parts.readiness().obstacle().orElse(null),
        new Balance(accepted, landed, accepted - landed),
        JournalState.of(parts.journal().id(), journal),
        lake(progress),
        parts.consumers().stream().map(StatusReport::consumer).toList(),
        parts.sources().get().stream().map(StatusReport::source).toList(),
        features());
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
}
