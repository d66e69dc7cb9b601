package dev.hooklake.server.fake;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// A real lake with one landing row in each of many commits, all of one day that is long over.
public final class SmallLake {
  public static final Instant DAY = Instant.parse("2026-03-02T12:00:00Z");

  /// Late enough for that day to be still.
  public static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  private final LakeSettings settings;
  private final UUID journal = UUID.randomUUID();

  public SmallLake(Path root) {
    settings = LakeSettings.in(root);
  }

  public Lake open() {
    return Lake.open(settings, journal, LATER);
  }

  public void commit(int commits) throws InterruptedException {
    try (Lake lake = open()) {
      for (long sequence = 1; sequence <= commits; sequence++) {
        var event =
            new SourceEvent(
                "test",
                "key-" + sequence,
                DAY,
                "/webhooks/test",
                Headers.NONE,
                "application/json",
                Payload.of("{}"));
        var row = new Batch.SequencedRow(sequence, LandingRows.landing(event, sequence));
        CommitOutcome outcome = lake.commit(new Batch(sequence, sequence, List.of(row)));
        if (!(outcome instanceof CommitOutcome.Committed)) {
          throw new AssertionError(outcome);
        }
      }
    }
  }

  public int files(Table table) throws IOException {
    return LakeReader.open(settings).snapshot(table).orElseThrow().files().size();
  }
}
