package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.FileChange;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever way the files came, the kept table answers as the events themselves do.
class DeliveryRollupTest {
  private static final SqlLimits LIMITS = new SqlLimits(1, 256);
  private static final List<String> REPORTS = List.of("email_engagement", "funnel", "time_to_open");

  private final ViewLibrary library = ViewLibrary.load();
  private final List<Row> emails =
      KnownEvents.rows().stream().filter(row -> row.table().equals(Channel.EMAIL.table())).toList();

  @TempDir Path folder;
  private final List<FileChange> changes = new ArrayList<>();
  private long version;
  private DeliveryRollup rollup;

  @BeforeEach
  void open() {
    rollup = DeliveryRollup.open(folder.resolve("deliveries.duckdb"), LIMITS);
  }

  @AfterEach
  void close() {
    rollup.close();
  }

  @Test
  void filesInAnyOrderAndNumberGiveTheSame() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      close();
      rollup = DeliveryRollup.open(folder.resolve("seed" + seed + ".duckdb"), LIMITS);
      var shuffled = new ArrayList<>(emails);
      Collections.shuffle(shuffled, new Random(seed));
      List<DataFile> files = new ArrayList<>();
      for (int from = 0; from < shuffled.size(); from += 9) {
        int to = Math.min(from + 9, shuffled.size());
        files.addAll(files("seed" + seed + "-" + from, shuffled.subList(from, to)));
        refresh(files);
        assertAnswersLike(shuffled.subList(0, to));
      }
    }
  }

  @Test
  void aFileThatComesAgainUnderAnotherNameChangesNothing() throws Exception {
    List<DataFile> files = files("whole", emails);
    refresh(files);
    files.addAll(files("again", emails.subList(0, 20)));
    refresh(files);
    assertAnswersLike(emails);
  }

  @Test
  void filesWhoseRowsOnlyMovedAreNotReadAgain() throws Exception {
    List<DataFile> files = files("whole", emails);
    refresh(files);
    List<DataFile> merged = files("merged", emails);
    changes.add(change(files, merged, true));
    Files.delete(Path.of(merged.getFirst().path()));
    refresh(merged);
    assertAnswersLike(emails);
  }

  @Test
  void aMergedFileWhoseRowsWereNotAllReadIsReadItself() throws Exception {
    List<DataFile> first = files("first", emails.subList(0, 20));
    refresh(first);
    List<DataFile> merged = files("merged", emails);
    var both = new ArrayList<>(first);
    both.addAll(files("unread", emails.subList(20, emails.size())));
    changes.add(change(List.of(), both.subList(first.size(), both.size()), false));
    changes.add(change(both, merged, true));
    refresh(merged);
    assertAnswersLike(emails);
  }

  @Test
  void whatWasErasedEndsTheFilesUse() throws Exception {
    List<DataFile> before = files("before", emails);
    refresh(before);
    List<DataFile> after = files("after", emails.subList(0, 20));
    changes.add(change(before, after, false));
    assertThat(follow(after)).isEmpty();
  }

  @Test
  void aLogThatNoLongerTellsEndsTheFilesUse() throws Exception {
    List<DataFile> files = files("first", emails.subList(0, 20));
    refresh(files);
    files.addAll(files("second", emails.subList(20, emails.size())));
    version++;
    assertThat(rollup.follow(state(files), (table, after, upTo) -> Optional.empty())).isEmpty();
  }

  @Test
  void aFileThatIsGoneWithoutAWordEndsTheFilesUse() throws Exception {
    List<DataFile> files = files("first", emails);
    refresh(files);
    assertThat(follow(files.subList(1, files.size()))).isEmpty();
  }

  private FileChange change(List<DataFile> removed, List<DataFile> added, boolean sameRows) {
    return new FileChange(
        1,
        added.stream().map(DataFile::path).toList(),
        removed.stream().map(DataFile::path).toList(),
        sameRows);
  }

  @Test
  void itGoesOnAfterBeingOpenedAgain() throws Exception {
    List<DataFile> files = files("first", emails.subList(0, 20));
    refresh(files);
    close();
    open();
    files.addAll(files("second", emails.subList(20, emails.size())));
    refresh(files);
    assertAnswersLike(emails);
  }

  private void refresh(List<DataFile> files) throws Exception {
    assertThat(follow(files)).isPresent();
    LakeState lake = state(files);
    while (!rollup.isAt(lake)) {
      rollup.mergeStep(lake);
    }
  }

  /// To a version in which the table has these files; the log tells the next of the changes.
  private Optional<Long> follow(List<DataFile> files) throws Exception {
    version++;
    List<FileChange> told = List.copyOf(changes);
    changes.clear();
    return rollup.follow(state(files), (table, after, upTo) -> Optional.of(told));
  }

  private LakeState state(List<DataFile> files) {
    return new LakeState(
        Map.of(
            Channel.EMAIL.table(),
            new TableSnapshot("email_events", version, Instant.EPOCH, files)));
  }

  /// Written as the lake does it: a file for each day, whose date is in the folder's name.
  private List<DataFile> files(String name, List<Row> rows) throws Exception {
    var files = new ArrayList<DataFile>();
    try (EventTables tables = EventTables.holding(rows, folder, "UTC")) {
      for (Object day : rows.stream().map(row -> row.value("event_date")).distinct().toList()) {
        Path file = folder.resolve("event_date=" + day).resolve(name + ".parquet");
        Files.createDirectories(file.getParent());
        tables.execute(
            "COPY (SELECT * EXCLUDE event_date FROM email_events WHERE event_date = '%s') TO '%s'"
                .formatted(day, file));
        files.add(new DataFile(file.toString(), Files.size(file), rows.size(), day.toString()));
      }
    }
    return files;
  }

  private void assertAnswersLike(List<Row> rows) throws Exception {
    try (EventTables tables = EventTables.holding(rows, folder, "UTC")) {
      for (String name : REPORTS) {
        ViewDefinition report = library.report(name).orElseThrow();
        var kept = new CollectedRows();
        readKept(report, kept);
        CollectedRows fresh = tables.query(library.select(report, ReportPeriod.ALL));
        assertThat(Answers.of(kept).lines())
            .as(name)
            .containsExactlyElementsOf(Answers.of(fresh).lines());
      }
    }
  }

  private void readKept(ViewDefinition report, ResultReader reader) throws Exception {
    String sql = library.select(report, ReportPeriod.ALL, List.of(DeliveryRollup.DELIVERIES));
    try (Connection connection = rollup.reader();
        Statement statement = connection.createStatement()) {
      ResultRows.read(statement.executeQuery(sql), reader);
    }
  }
}
