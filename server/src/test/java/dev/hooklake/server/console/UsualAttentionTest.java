package dev.hooklake.server.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.PipelineSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsualAttentionTest {
  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);

  @Test
  void aJournalThatCannotTidyUpIsToldUntilItCan(@TempDir Path directory) {
    try (var pipeline =
            LakePipeline.start(
                new LakePipeline.Parts(
                    journal,
                    new MemoryLake(),
                    Map.of(),
                    new SimpleMeterRegistry(),
                    clock,
                    RandomGenerator.getDefault()),
                PipelineSettings.DEFAULT);
        var lake =
            new LakeQuestions(
                LakeReader.open(LakeSettings.in(directory)), 1, new SqlLimits(1, 256))) {
      var attention =
          new UsualAttention(
              new UsualAttention.Parts(journal, pipeline, Optional::empty, List::of),
              new QuarantineCounts(lake, clock));
      journal.untidy = "a file that may go cannot be deleted";
      assertThat(attention.find())
          .extracting(AttentionItem::title, AttentionItem::detail)
          .containsExactly(tuple("The journal cannot tidy up", journal.untidy));

      journal.untidy = null;
      assertThat(attention.find()).isEmpty();
    }
  }
}
