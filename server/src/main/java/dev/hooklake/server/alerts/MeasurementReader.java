package dev.hooklake.server.alerts;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.alerts.LakeFigures.SourceRhythm;
import dev.hooklake.server.alerts.Measurements.ChannelFigures;
import dev.hooklake.server.alerts.Measurements.Delay;
import dev.hooklake.server.alerts.Measurements.QuietSource;
import dev.hooklake.server.alerts.Measurements.Space;
import dev.hooklake.server.alerts.Measurements.Window;
import dev.hooklake.server.alerts.drift.Drift;
import dev.hooklake.server.alerts.drift.DriftEntry;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.operations.ConsumerProgress;
import dev.hooklake.server.operations.ConsumerThread;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.LakeProgress;
import dev.hooklake.server.reconciliation.FigureQueries;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks the server's parts how they are. What the lake is asked is kept for a while: its answers
/// cost something and change slowly. Used by one thread.
public final class MeasurementReader {
  private static final Duration BETWEEN_RHYTHMS = Duration.ofHours(1);
  private static final Duration BETWEEN_CHANNELS = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(2);
  private static final int DAYS_OF_COMPLETENESS = 30;
  private static final Duration A_DAY = Duration.ofDays(1);

  /// What it asks.
  ///
  /// @param data the directory whose disk may fill up
  public record Parts(
      Journal journal,
      LakePipeline pipeline,
      Supplier<List<ConsumerThread>> consumers,
      LakeQuestions lake,
      OperationsDatabase database,
      Drift drift,
      MeterRegistry registry,
      Path data) {}

  private final Parts parts;
  private final ZoneId zone;
  private final FigureQueries figures;
  private final TrafficWindow traffic;
  private final DiskSpace disk;
  private final GivenUpWork givenUp;
  private final Arrivals arrivals = new Arrivals();
  private final Kept<Map<String, SourceRhythm>> rhythms;
  private final Kept<List<ChannelFigures>> channels;
  private final Kept<List<Measurements.Quarantined>> quarantined;

  public MeasurementReader(Parts parts, ZoneId zone, Instant startedAt) {
    this.parts = parts;
    this.zone = zone;
    this.figures = new FigureQueries(parts.database());
    this.traffic = new TrafficWindow(parts.registry(), startedAt);
    this.disk = new DiskSpace(parts.data());
    this.givenUp = new GivenUpWork(parts.database());
    disk.register(parts.registry());
    var lake = new LakeFigures(parts.lake());
    this.rhythms = new Kept<>(BETWEEN_RHYTHMS, now -> lake.rhythms(now, this.zone));
    this.channels = new Kept<>(BETWEEN_CHANNELS, lake::channels);
    this.quarantined = new Kept<>(BETWEEN_LOOKS, lake::quarantined);
  }

  public Measurements read(Instant now) {
    Window window = traffic.measure(now);
    return new Measurements(
        now,
        window,
        spaces(),
        delays(now),
        quiet(now),
        figures.since(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_OF_COMPLETENESS)),
        quarantined.at(now),
        drift(now),
        channels.at(now),
        givenUp.since(now.minus(A_DAY)));
  }

  private List<Space> spaces() {
    JournalStatus journal = parts.journal().status();
    var spaces = new ArrayList<Space>();
    spaces.add(new Space("journal", journal.bytes(), journal.limitBytes()));
    disk.space().ifPresent(spaces::add);
    return spaces;
  }

  private List<Delay> delays(Instant now) {
    var delays = new ArrayList<Delay>();
    LakeProgress lake = parts.pipeline().progress();
    delays.add(
        new Delay(
            "lake",
            parts.pipeline().lag(),
            lake.lastError(),
            lake.state() == LakeProgress.State.STOPPED));
    arrivals.note(parts.journal().status().lastSequence(), now);
    for (ConsumerThread consumer : parts.consumers().get()) {
      ConsumerProgress progress = consumer.progress();
      delays.add(
          new Delay(
              consumer.name(),
              arrivals.waiting(progress.storedThrough(), now),
              progress.lastError(),
              progress.state() == ConsumerProgress.State.STOPPED));
    }
    return delays;
  }

  private @Nullable List<QuietSource> quiet(Instant now) {
    Map<String, SourceRhythm> known = rhythms.at(now);
    if (known == null) {
      return null;
    }
    return known.entrySet().stream()
        .map(source ->
            new QuietSource(
                source.getKey(),
                later(source.getValue().lastEvent(), traffic.lastEvent(source.getKey())),
                source.getValue().rhythm()))
        .toList();
  }

  private @Nullable List<DriftEntry> drift(Instant now) {
    try {
      parts.drift().look(now);
      return parts.drift().newSince(now.minus(A_DAY));
    } catch (IOException | SqlFailure e) {
      return null;
    }
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }
}
