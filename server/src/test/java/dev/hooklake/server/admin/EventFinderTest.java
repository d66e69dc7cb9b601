package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.PipelineSettings;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFinderTest {
  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final MemoryLake nothingLands = new MemoryLake();

  @Test
  void anEventThatWaitsIsFoundAndOneThatWasErasedIsNot(@TempDir Path directory) throws Exception {
    nothingLands.gate = new CountDownLatch(1);
    Entry erased = EventCodec.entry(event("erased"));
    journal.append(
        List.of(
            EventCodec.entry(event("waits")),
            new Entry(erased.key(), ByteBuffer.allocate(erased.payload().remaining()))));
    var root = LakeSettings.in(directory);
    Lake.open(root, journal.id(), clock).close();
    try (LakePipeline pipeline = pipeline();
        var lake = new LakeQuestions(LakeReader.open(root), 1, new SqlLimits(1, 256))) {
      var finder = new EventFinder(lake, journal, pipeline);

      assertThat(finder.find("test", "waits")).contains(new FoundEvent(event("waits"), 1, true));
      assertThat(finder.find("test", "erased")).isEmpty();
      nothingLands.gate.countDown();
    }
  }

  private LakePipeline pipeline() {
    return LakePipeline.start(
        new LakePipeline.Parts(
            journal,
            nothingLands,
            Map.of(),
            new SimpleMeterRegistry(),
            clock,
            RandomGenerator.getDefault()),
        PipelineSettings.DEFAULT);
  }

  private SourceEvent event(String key) {
    return new SourceEvent(
        "test", key, clock.instant(), "/", Headers.NONE, "text/plain", Payload.of("body"));
  }
}
