package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.server.admin.Status.Balance;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.pipeline.PipelineSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Of a journal that has one event from before the start, and a lake that takes none.
final class StatusReportTest {
  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private SourceCounts door = new SourceCounts("plain", 0, 0, 0, Map.of());
  private OwnEvents own;
  private LakePipeline pipeline;
  private StatusReport report;

  @BeforeEach
  void start() throws InterruptedException {
    journal.append(List.of(entry("before")));
    var lake = new MemoryLake();
    lake.unreachable = true;
    pipeline =
        LakePipeline.start(
            new LakePipeline.Parts(
                journal, lake, Map.of(), registry, clock, RandomGenerator.getDefault()),
            PipelineSettings.DEFAULT);
    own = new OwnEvents(journal, registry);
    report =
        new StatusReport(
            new StatusReport.Parts(
                journal,
                pipeline,
                List.of(),
                List::of,
                () -> List.of(door),
                own,
                Optional::empty,
                Map.of(),
                clock),
            "1",
            false);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void whatDoorsAndServerHandedToTheJournalIsAccountedFor() throws InterruptedException {
    journal.append(List.of(entry("from outside")));
    door = new SourceCounts("plain", 1, 1, 0, Map.of());
    own.append(List.of(entry("our own"), entry("our own")));

    assertThat(report.read().balance()).isEqualTo(new Balance(3, 0, 3, 0));
  }

  @Test
  void whatADoorCountedAndTheJournalLacksIsTold() {
    door = new SourceCounts("plain", 3, 2, 1, Map.of());

    assertThat(report.read().balance()).isEqualTo(new Balance(3, 0, 1, 2));
  }

  @Test
  void whatIsInTheJournalAndNobodyCountedIsTold() throws InterruptedException {
    journal.append(List.of(entry("from nowhere")));

    assertThat(report.read().balance()).isEqualTo(new Balance(1, 0, 2, -1));
  }

  @Test
  void whatIsUnderWayMayBeInTheJournalAlreadyOrNot() throws InterruptedException {
    journal.append(List.of(entry("synced, not counted yet")));
    door = new SourceCounts("plain", 1, 0, 0, Map.of());

    assertThat(report.read().balance()).isEqualTo(new Balance(1, 0, 2, 0));
  }

  @Test
  void aJournalThatCannotTidyUpIsTold() {
    try (var _ = new SystemMeters(registry, journal, "1")) {
      Gauge tidy = registry.get("hooklake.journal.tidy").gauge();
      assertThat(report.read().journal().lastError()).isNull();
      assertThat(tidy.value()).isEqualTo(1);

      journal.untidy = "denied";
      assertThat(report.read().journal().lastError()).isEqualTo("denied");
      assertThat(tidy.value()).isZero();
    }
  }

  private static Entry entry(String key) {
    return new Entry(EventKey.of("plain", key), ByteBuffer.allocate(1));
  }
}
