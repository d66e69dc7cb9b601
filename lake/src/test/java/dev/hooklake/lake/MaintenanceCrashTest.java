package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.FaultyStorage.Fault;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A round of everything (compaction, checkpoint, retention, log, vacuum) on a small lake, failed
/// at each thing it does to storage, before and after it happened, in a process that goes on and in
/// one that is killed there.
class MaintenanceCrashTest {
  private static final List<Table> TABLES = List.of(LANDING, EMAIL);

  /// Every one by `-Dhooklake.long=true`; else one in so many, from a place of its own each time.
  private static final int ONE_IN = Boolean.getBoolean("hooklake.long") ? 1 : 9;

  /// Long after the commits, so that versions and log entries are old enough to go.
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofDays(5));

  private static final InstantSource MUCH_LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofDays(10));

  @TempDir Path directory;
  private List<String> landing = List.of();
  private List<String> email = List.of();

  @BeforeEach
  void commit() throws Exception {
    var files = new LakeUnderTest(directory.resolve("committed"));
    try (Lake lake = files.open()) {
      for (long at = 1; at < 13; at += 4) {
        assertThat(lake.commit(batch(at, at + 3))).isInstanceOf(CommitOutcome.Committed.class);
      }
    }
    landing = files.everyRow(LANDING);
    email = files.everyRow(EMAIL);
  }

  @ParameterizedTest
  @CsvSource({"BEFORE,false,0", "AFTER,false,1", "BEFORE,true,2", "AFTER,true,3"})
  void aRoundThatFailsAtAnyWriteIsMadeGoodByTheNext(Fault fault, boolean killing, int from)
      throws Exception {
    int writes = writesOfARound();
    assertThat(writes).as("writes of a whole round").isGreaterThan(15);
    for (int write = from % ONE_IN; write < writes; write += ONE_IN) {
      roundWithFault(write, fault, killing);
    }
  }

  private int writesOfARound() throws Exception {
    LakeUnderTest files = copy("counted");
    var storage = new AtomicReference<FaultyStorage>();
    try (Lake lake =
        files.open(
            LakeUnderTest.JOURNAL,
            local -> {
              storage.set(new FaultyStorage(local).countingAll());
              return storage.get();
            },
            LATER)) {
      assertThat(round(files, lake)).doesNotHaveAnyElementsOfTypes(Failed.class);
    }
    return storage.get().writes().size();
  }

  private void roundWithFault(int write, Fault fault, boolean killing) throws Exception {
    String name = "%d-%s-%s".formatted(write, fault, killing);
    LakeUnderTest files = copy(name);

    try (Lake lake =
        files.open(
            LakeUnderTest.JOURNAL,
            local -> {
              FaultyStorage faulty = new FaultyStorage(local).countingAll().failing(write, fault);
              return killing ? faulty.killing() : faulty;
            },
            LATER)) {
      round(files, lake);
    }
    try (Lake lake = files.open(LakeUnderTest.JOURNAL, local -> local, LATER)) {
      assertThat(files.everyRow(LANDING)).as(name).isEqualTo(landing);
      assertThat(lake.landedThrough()).as(name).isEqualTo(12);
      lake.commit(batch(9, 14));
      assertThat(round(files, lake)).as(name).doesNotHaveAnyElementsOfTypes(Failed.class);
    }
    assertThat(files.landed()).as(name).isEqualTo(sequences(1, 14));
    assertThat(files.everyRow(EMAIL)).as(name).hasSize(7).containsAll(email);
    assertThat(files.snapshot(LANDING).files()).as(name).hasSizeLessThanOrEqualTo(2);
    assertNothingIsLeft(files, name);
  }

  /// Once all is old, only what the tables hold is on disk.
  private void assertNothingIsLeft(LakeUnderTest files, String name) throws Exception {
    try (Lake lake = files.open(LakeUnderTest.JOURNAL, local -> local, MUCH_LATER)) {
      assertThat(round(files, lake)).as(name).doesNotHaveAnyElementsOfTypes(Failed.class);
    }
    for (Table table : TABLES) {
      assertThat(files.strays(table)).as(name).isEmpty();
    }
    assertThat(files.scratch()).isEmptyDirectory();
  }

  private LakeUnderTest copy(String name) throws IOException {
    Path from = directory.resolve("committed");
    Path to = directory.resolve(name);
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return new LakeUnderTest(to);
  }

  private static List<MaintenanceStep> round(LakeUnderTest files, Lake lake) throws Exception {
    var steps = new ArrayList<MaintenanceStep>();
    Maintenance maintenance = lake.maintenance(files.maintenance(Map.of()));
    for (Table table : TABLES) {
      maintenance.tidy(table, steps::add);
      maintenance.clean(table, steps::add);
    }
    return steps;
  }
}
