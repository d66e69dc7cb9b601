package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.BatchTarget;
import dev.hooklake.server.pipeline.Cadence;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.PipelineSettings;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Tables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Twelve times as much as the journal may hold goes through it into a real lake.
class JournalLimitTest {
  private static final long LIMIT_BYTES = 1 << 20;
  private static final int SEGMENT_BYTES = 64 << 10;
  private static final int APPENDS = 240;
  private static final int EVENTS_OF_APPEND = 50;
  private static final Map<String, Source> SOURCES = Map.of("plain", new PlainSource());

  /// What may be written beyond the records: headers of segments, room written ahead.
  private static final long OVERHEAD_BYTES = SEGMENT_BYTES;

  private final CountDownLatch never = new CountDownLatch(1);
  @TempDir Path folder;

  @Test
  void whileTheLakeWorksTheJournalNeverGrowsPastItsLimit() throws Exception {
    var settings =
        new JournalSettings(
            folder.resolve("journal"),
            LIMIT_BYTES,
            SEGMENT_BYTES,
            Duration.ofDays(8),
            16 << 10,
            Set.of(LakePipeline.CONSUMER));
    LakeSettings storage = LakeSettings.in(folder.resolve("lake"));
    long most = 0;
    try (EmbeddedJournal journal =
            EmbeddedJournal.open(settings, new FileDisk(), InstantSource.system());
        Lake lake = Lake.open(storage, journal.id(), InstantSource.system());
        HalfLanded target =
            new HalfLanded(lake, LakeReader.open(storage), SOURCES, InstantSource.system());
        LakePipeline pipeline = pipeline(journal, target)) {
      for (int append = 0; append < APPENDS; append++) {
        List<Entry> entries = entries(append);
        while (!journal.append(entries).stream().allMatch(JournalLimitTest::isIn)) {
          // Full is an answer too: the provider sends again, and the lake makes room meanwhile.
          pause();
        }
        most = Math.max(most, journal.status().bytes());
      }
      Instant deadline = Instant.now().plusSeconds(120);
      while (pipeline.lagRecords() > 0) {
        assertThat(Instant.now()).isBefore(deadline);
        pause();
      }
    }
    assertThat(most).isLessThanOrEqualTo(LIMIT_BYTES + OVERHEAD_BYTES);
    assertThat(landed(storage)).isEqualTo((long) APPENDS * EVENTS_OF_APPEND);
  }

  private static LakePipeline pipeline(EmbeddedJournal journal, BatchTarget target) {
    return LakePipeline.start(
        new LakePipeline.Parts(
            journal,
            target,
            SOURCES,
            new SimpleMeterRegistry(),
            InstantSource.system(),
            RandomGenerator.getDefault()),
        new PipelineSettings(
            new Cadence(4_000, 1 << 20, 10, Duration.ofMillis(20), Duration.ofMillis(50)),
            new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1)),
            Duration.ofSeconds(30)));
  }

  private static List<Entry> entries(int append) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < EVENTS_OF_APPEND; i++) {
      String key = append + "-" + i;
      var event =
          new SourceEvent(
              "plain", key, Instant.now(), "/", Headers.NONE, "", Payload.of("x".repeat(1_000)));
      entries.add(new Entry(EventKey.of("plain", key), EventCodec.encode(event)));
    }
    return entries;
  }

  private static boolean isIn(AppendOutcome outcome) {
    return outcome instanceof AppendOutcome.Appended || outcome instanceof AppendOutcome.Duplicate;
  }

  private void pause() throws InterruptedException {
    assertThat(never.await(20, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static long landed(LakeSettings storage) throws IOException {
    return LakeReader.open(storage).snapshot(Tables.LANDING).orElseThrow().files().stream()
        .mapToLong(DataFile::rows)
        .sum();
  }
}
