package dev.hooklake.lake;

import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.sources.event.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One event a day from 1 March 2026 on, sequence 1 on the first day.
class RetentionTest {
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  @TempDir Path directory;
  private LakeUnderTest files;

  @BeforeEach
  void tenDays() throws Exception {
    files = new LakeUnderTest(directory.resolve("lake"));
    try (Lake lake = files.open()) {
      LongStream.rangeClosed(1, 10).forEach(day -> commit(lake, day));
    }
  }

  @Test
  void daysOlderThanTheTableKeepsGoWholeAndOthersStay() throws Exception {
    List<MaintenanceStep> steps = tidy(noonOf(10), Map.of("email_events", 3));

    assertThat(steps).contains(new Expired("email_events", 6, 6, 6));
    assertThat(days(EMAIL)).containsExactly("2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10");
    assertThat(days(LANDING)).hasSize(10);
  }

  @Test
  void theShortestRetentionKeepsTodayAndYesterday() throws Exception {
    tidy(noonOf(10), Map.of("webhook_landing", 1));

    assertThat(days(LANDING)).containsExactly("2026-03-09", "2026-03-10");
    assertThatThrownBy(() -> files.maintenance(Map.of("webhook_landing", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("webhook_landing")
        .hasMessageContaining("at least 1");
  }

  @Test
  void aDayThatIsStillToComeByOurClockIsKept() throws Exception {
    tidy(noonOf(4), Map.of("email_events", 1));

    assertThat(days(EMAIL)).hasSize(8).first().isEqualTo("2026-03-03");
  }

  @Test
  void whatArrivesMeanwhileStays() throws Exception {
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake appender = files.open(UUID.randomUUID(), local -> local);
        Lake lake =
            files.open(
                UUID.randomUUID(),
                local -> {
                  storage.set(new FaultyStorage(local));
                  return storage.get();
                },
                InstantSource.fixed(noonOf(10)))) {
      lake.maintenance(files.maintenance()).tidy(EMAIL, _ -> {});
      storage.get().beforeNextCommit(() -> commit(appender, 11));
      lake.maintenance(files.maintenance(Map.of("email_events", 2))).tidy(EMAIL, _ -> {});
    }

    assertThat(days(EMAIL)).containsExactly("2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11");
  }

  @Test
  void oldFilesLeaveTheDiskOnceNoKeptVersionNeedsThem() throws Exception {
    Instant now = Instant.now();
    tidy(now, Map.of("email_events", 3));
    assertThat(days(EMAIL)).isEmpty();
    assertThat(files.strays(EMAIL)).hasSize(10);

    clean(now.plus(Duration.ofDays(2)));
    assertThat(files.strays(EMAIL)).hasSize(10);
    clean(now.plus(Duration.ofDays(4)));
    assertThat(files.strays(EMAIL)).isEmpty();
    assertThat(files.snapshot(LANDING).files()).hasSize(10);
  }

  @Test
  void whatWasLongOnDiskWhenItWasRemovedStaysForReadersOfOlderVersions() throws Exception {
    Instant now = Instant.now();
    for (TableSnapshot.DataFile file : files.snapshot(EMAIL).files()) {
      Files.setLastModifiedTime(
          Path.of(file.path()), FileTime.from(now.minus(Duration.ofDays(100))));
    }
    TableSnapshot older = files.snapshot(EMAIL);
    List<String> before = LakeUnderTest.everyRow(older);
    tidy(now, Map.of("email_events", 3));
    // Two checkpoints later, neither of which tells of the files.
    for (long day = 11; day < 13; day++) {
      try (Lake lake = files.open()) {
        commit(lake, day);
      }
      tidy(now, Map.of("email_events", 3));
    }

    clean(now.plus(Duration.ofDays(2)));
    assertThat(LakeUnderTest.everyRow(older)).isEqualTo(before).hasSize(10);
    clean(now.plus(Duration.ofDays(4)));
    assertThat(files.strays(EMAIL)).isEmpty();
  }

  private List<MaintenanceStep> tidy(Instant now, Map<String, Integer> retentionDays)
      throws Exception {
    var steps = new ArrayList<MaintenanceStep>();
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, InstantSource.fixed(now))) {
      Maintenance maintenance = lake.maintenance(files.maintenance(retentionDays));
      for (Table table : List.of(LANDING, EMAIL)) {
        maintenance.tidy(table, steps::add);
      }
    }
    return steps;
  }

  private void clean(Instant now) throws Exception {
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, InstantSource.fixed(now))) {
      lake.maintenance(files.maintenance()).clean(EMAIL, _ -> {});
    }
  }

  private List<String> days(Table table) throws Exception {
    return files.snapshot(table).files().stream()
        .map(TableSnapshot.DataFile::partition)
        .sorted()
        .toList();
  }

  private static Instant noonOf(int day) {
    return START.plusSeconds((day - 1) * DAY_SECONDS).plus(Duration.ofHours(12));
  }

  private static void commit(Lake lake, long day) {
    long atThatDay = 1 + (day - 1) * DAY_SECONDS;
    var rows =
        List.of(
            new SequencedRow(day, TestTables.landing(atThatDay, "{}")),
            new SequencedRow(day, TestTables.event(EMAIL, atThatDay)));
    try {
      assertThat(lake.commit(new Batch(day, day, rows)))
          .isEqualTo(new CommitOutcome.Committed(day));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
