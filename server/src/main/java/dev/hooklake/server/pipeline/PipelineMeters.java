package dev.hooklake.server.pipeline;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What the lake consumer counts.
final class PipelineMeters {
  private final MeterRegistry registry;
  private final Map<String, Counter> rowsByTable = new HashMap<>();
  private final Map<String, Counter> quarantinedByReason = new HashMap<>();
  private final Timer commitDuration;
  private final Timer timeToTable;

  PipelineMeters(MeterRegistry registry) {
    this.registry = registry;
    Tables.all().forEach(table -> rowsByTable.put(table.name(), rows(table)));
    for (Decoding.Reason reason : Decoding.Reason.values()) {
      quarantinedByReason.put(reason.name(), quarantined(reason.name()));
    }
    this.commitDuration =
        Timer.builder("hooklake.lake.commit.duration")
            .description("One commit round over all tables of a batch, whatever its outcome")
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15))
            .register(registry);
    this.timeToTable =
        Timer.builder("hooklake.event.time.to.table")
            .description("From the receipt of an event to its commit in the lake")
            .serviceLevelObjectives(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(8),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                Duration.ofHours(1))
            .register(registry);
  }

  Timer.Sample commitBegins() {
    return Timer.start(registry);
  }

  void commitEnded(Timer.Sample sample, CommitOutcome outcome) {
    sample.stop(commitDuration);
    count(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
  }

  private void count(String outcome) {
    Counter.builder("hooklake.lake.commits")
        .description("Commit rounds by outcome")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  void landed(Batch batch, Instant at) {
    for (SequencedRow sequenced : batch.rows()) {
      Row row = sequenced.row();
      count(rowsByTable, row.table().name());
      if (row.table().equals(Tables.LANDING)) {
        timeToTable.record(Duration.between((Instant) row.value("received_at"), at));
      } else if (row.table().equals(Tables.QUARANTINE)) {
        count(quarantinedByReason, String.valueOf(row.value("reason")));
      }
    }
  }

  private static void count(Map<String, Counter> counters, String name) {
    Counter counter = counters.get(name);
    if (counter != null) {
      counter.increment();
    }
  }

  private Counter rows(Table table) {
    return Counter.builder("hooklake.lake.rows")
        .description("Rows committed, by table")
        .tag("table", table.name())
        .register(registry);
  }

  private Counter quarantined(String reason) {
    return Counter.builder("hooklake.events.quarantined")
        .description("Events landed in quarantine, by reason")
        .tag("reason", reason.toLowerCase(Locale.ROOT))
        .register(registry);
  }
}
