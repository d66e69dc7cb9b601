package dev.hooklake.lake;

import static dev.hooklake.lake.LakeUnderTest.sequences;
import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.FaultyStorage.Fault;
import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A round of everything (retention, compaction, checkpoint, log, vacuum) on a small lake, failed
/// at each thing it does to storage, before and after it happened, in a process that goes on and in
/// one that is killed there.
///
/// Landing has twelve events of 1 March 2026 and four of today. The emails among them are of the
/// same days, and those of March are too old to keep.
class MaintenanceCrashTest {
  private static final List<Table> TABLES = List.of(LANDING, EMAIL);
  private static final Map<String, Integer> RETENTION = Map.of(EMAIL.name(), 30);

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
  private List<String> keptEmail = List.of();

  @BeforeEach
  void commit() throws Exception {
    var files = new LakeUnderTest(directory.resolve("committed"));
    try (Lake lake = files.open()) {
      for (long at = 1; at < 13; at += 4) {
        assertThat(lake.commit(batch(at, at + 3))).isInstanceOf(CommitOutcome.Committed.class);
      }
      assertThat(lake.commit(today())).isInstanceOf(CommitOutcome.Committed.class);
    }
    landing = files.everyRow(LANDING);
    email = files.everyRow(EMAIL);
    keptEmail =
        files.query(
            EMAIL, "SELECT * FROM $table WHERE event_date > DATE '2026-03-01' ORDER BY ALL");
    assertThat(email).hasSize(10).containsAll(keptEmail);
    assertThat(keptEmail).hasSize(4);
  }

  private static Batch today() {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    var rows = new ArrayList<SequencedRow>();
    for (long sequence = 13; sequence < 17; sequence++) {
      rows.add(new SequencedRow(sequence, TestTables.landing(sequence, "{}")));
      rows.add(new SequencedRow(sequence, TestTables.event(EMAIL, sequence, "delivered", today)));
    }
    return new Batch(13, 16, rows);
  }

  @ParameterizedTest
  @CsvSource({"BEFORE,false,0", "AFTER,false,1", "BEFORE,true,2", "AFTER,true,3"})
  void aRoundThatFailsAtAnyWriteIsMadeGoodByTheNext(Fault fault, boolean killing, int from)
      throws Exception {
    Round round = wholeRound();
    assertThat(round.writes()).as("writes of a whole round").isGreaterThan(15);
    for (int at = from % ONE_IN; at < round.writes(); at += ONE_IN) {
      int write = at;
      roundWithFault("write-" + write, killing, storage -> storage.failing(write, fault));
    }
    // What is lost for ever if it goes wrong is never left out.
    roundWithFault("expiry", killing, storage -> storage.failing(round.expiry(), fault));
  }

  /// A round without faults.
  ///
  /// @param writes how many it makes
  /// @param expiry path of the commit that takes the old days out, below the lake
  private record Round(int writes, String expiry) {}

  private Round wholeRound() throws Exception {
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
      var expiry = new AtomicReference<String>();
      Maintenance.Pace pace =
          step -> {
            if (step instanceof Expired) {
              expiry.set(newestCommit(files));
            }
          };
      assertThat(round(files, lake, pace))
          .doesNotHaveAnyElementsOfTypes(Failed.class)
          .contains(new Expired(EMAIL.name(), 1, 3, 6));
      return new Round(storage.get().writes().size(), expiry.get());
    }
  }

  private static String newestCommit(LakeUnderTest files) {
    try {
      return "%s/_delta_log/%020d.json".formatted(EMAIL.path(), files.snapshot(EMAIL).version());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void roundWithFault(String where, boolean killing, UnaryOperator<FaultyStorage> failing)
      throws Exception {
    String name = where + "-killing-" + killing;
    LakeUnderTest files = copy(name);

    try (Lake lake =
        files.open(
            LakeUnderTest.JOURNAL,
            local -> {
              FaultyStorage faulty = failing.apply(new FaultyStorage(local).countingAll());
              return killing ? faulty.killing() : faulty;
            },
            LATER)) {
      round(files, lake);
    }
    try (Lake lake = files.open(LakeUnderTest.JOURNAL, local -> local, LATER)) {
      assertThat(files.everyRow(LANDING)).as(name).isEqualTo(landing);
      assertThat(files.everyRow(EMAIL)).as(name).isIn(email, keptEmail);
      assertThat(lake.landedThrough()).as(name).isEqualTo(16);
      lake.commit(batch(9, 18));
      assertThat(round(files, lake)).as(name).doesNotHaveAnyElementsOfTypes(Failed.class);
    }
    assertThat(files.landed()).as(name).isEqualTo(sequences(1, 18));
    assertThat(files.everyRow(EMAIL)).as(name).isEqualTo(keptEmail);
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
    return round(files, lake, _ -> {});
  }

  private static List<MaintenanceStep> round(LakeUnderTest files, Lake lake, Maintenance.Pace told)
      throws Exception {
    var steps = new ArrayList<MaintenanceStep>();
    Maintenance maintenance = lake.maintenance(files.maintenance(RETENTION));
    Maintenance.Pace pace =
        step -> {
          steps.add(step);
          told.after(step);
        };
    for (Table table : TABLES) {
      maintenance.tidy(table, pace);
      maintenance.clean(table, pace);
    }
    return steps;
  }
}
