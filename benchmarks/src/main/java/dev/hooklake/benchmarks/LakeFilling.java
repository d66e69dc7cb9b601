package dev.hooklake.benchmarks;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.server.simulator.Traffic;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Lands simulated traffic of the last thirty days by the server's own decoder and commits, in
/// batches as under load, without HTTP and journal before it.
final class LakeFilling implements AutoCloseable {
  private static final int EVENTS_OF_BATCH = 25_000;
  private static final Duration SPAN = Duration.ofDays(30);

  private final Lake lake;
  private final Instant end = Instant.now();
  private final RecordDecoder decoder =
      new RecordDecoder(
          Map.of(
              "customerio",
              new CustomerIo(
                  CustomerIoSettings.of("customerio", List.of(Secret.of(Hooklake.SECRET))))));
  private final Traffic traffic =
      Provider.customerIo(Secret.of(Hooklake.SECRET)).traffic(new Random(7), this::now);
  private Instant now = end.minus(SPAN);
  private long landed;

  LakeFilling(Path lake) {
    this.lake = Lake.open(LakeSettings.in(lake), new UUID(1, 2), InstantSource.system());
  }

  private Instant now() {
    return now;
  }

  /// Goes on until the lake holds this many events; the time they come from moves on to today.
  void upTo(long events) throws IOException, InterruptedException {
    Instant from = now;
    long before = landed;
    while (landed < events) {
      double done = (double) (landed - before) / (events - before);
      now = from.plusMillis((long) (Duration.between(from, end).toMillis() * done));
      commit((int) Math.min(EVENTS_OF_BATCH, events - landed));
    }
  }

  private void commit(int events) throws IOException, InterruptedException {
    List<SequencedRow> rows = new ArrayList<>(2 * events);
    long first = landed + 1;
    for (long sequence = first; sequence < first + events; sequence++) {
      SourceEvent event = next();
      rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
      rows.add(new SequencedRow(sequence, decoder.derived(event, sequence, now)));
    }
    landed += events;
    CommitOutcome outcome = lake.commit(new Batch(first, landed, rows));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IOException("the lake did not take a batch: " + outcome);
    }
  }

  private SourceEvent next() {
    SimulatedEvent event = traffic.next();
    while (event.repeat()) {
      event = traffic.next();
    }
    return new SourceEvent(
        "customerio",
        event.key(),
        now,
        "/webhook/customerio",
        Headers.of("content-type", "application/json"),
        "application/json",
        event.body());
  }

  @Override
  public void close() {
    lake.close();
  }
}
