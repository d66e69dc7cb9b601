package dev.hooklake.lake;

import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.TableSnapshot.DataFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the log says that each version did to a table's files.
class TableLogTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));

  @TempDir Path directory;
  private LakeUnderTest files;
  private LakeReader reader;

  @BeforeEach
  void land() throws Exception {
    files = new LakeUnderTest(directory.resolve("lake"));
    reader = LakeReader.open(LakeSettings.in(directory.resolve("lake")));
    try (Lake lake = files.open()) {
      for (long first = 1; first <= 19; first += 2) {
        lake.commit(batch(first, first + 1));
      }
    }
  }

  @Test
  void everyFileIsTheOneThatTheSnapshotNames() throws Exception {
    List<FileChange> changes = changes(-1);

    assertThat(changes.stream().flatMap(change -> change.added().stream()))
        .containsExactlyInAnyOrderElementsOf(paths());
    assertThat(changes).allSatisfy(change -> assertThat(change.removed()).isEmpty());
    assertThat(changes).extracting(FileChange::version).isSorted();
  }

  @Test
  void whatOnlyMovedRowsIsTold() throws Exception {
    long before = version();
    List<String> small = paths();
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, LATER)) {
      lake.maintenance(files.maintenance()).tidy(EMAIL, new ArrayList<>()::add);
    }

    assertThat(changes(before)).allSatisfy(change -> assertThat(change.sameRows()).isTrue());
    assertThat(changes(before).stream().flatMap(change -> change.removed().stream()))
        .containsAll(small);
    assertThat(changes(before).stream().flatMap(change -> change.added().stream()))
        .containsAll(paths());
  }

  @Test
  void whatTookRowsAwayIsToldApart() throws Exception {
    long before = version();
    try (Lake lake = files.open(UUID.randomUUID(), local -> local, LATER)) {
      lake.replace(
          EMAIL,
          new Replacement(
              Instant.EPOCH,
              Instant.parse("2100-01-01T00:00:00Z"),
              Set.of(new Replacement.Key("test", "key-1")),
              List.of()));
    }

    assertThat(changes(before))
        .anySatisfy(change -> assertThat(change.removed()).isNotEmpty())
        .filteredOn(change -> !change.removed().isEmpty())
        .allSatisfy(change -> assertThat(change.sameRows()).isFalse());
  }

  @Test
  void aLogThatWasCleanedTellsNothing() throws Exception {
    long newest = version();
    Path log = directory.resolve("lake").resolve(EMAIL.path()).resolve("_delta_log");
    Files.delete(log.resolve("%020d.json".formatted(3)));

    assertThat(reader.changes(EMAIL, 2, newest)).isEmpty();
  }

  private List<FileChange> changes(long after) throws Exception {
    return reader.changes(EMAIL, after, version()).orElseThrow();
  }

  private long version() throws Exception {
    return reader.snapshot(EMAIL).orElseThrow().version();
  }

  private List<String> paths() throws Exception {
    return reader.snapshot(EMAIL).orElseThrow().files().stream().map(DataFile::path).toList();
  }
}
