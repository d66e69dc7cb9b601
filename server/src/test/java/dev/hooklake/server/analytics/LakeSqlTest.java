package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeSqlTest {
  /// Needs more than 32 MiB.
  private static final String MUCH =
      "SELECT count(*) FROM"
          + " (SELECT md5(i::VARCHAR) AS k, max(i) FROM range(1500000) t(i) GROUP BY k)";

  private static final Table EVENTS =
      Table.of(
          "some_events",
          "some_events",
          "event_date",
          List.of(
              column("id", ColumnType.STRING),
              column("count", ColumnType.LONG),
              column("at", ColumnType.TIMESTAMP),
              column("late", ColumnType.BOOLEAN),
              column("event_date", ColumnType.DATE)));
  private static final Table EMPTY =
      Table.of(
          "empty",
          "empty",
          "day",
          List.of(column("id", ColumnType.STRING), column("day", ColumnType.DATE)));
  private static final SqlLimits LIMITS = new SqlLimits(1, 64);

  // A folder whose own name looks like a partition must not become a column.
  @TempDir(factory = PartitionLikeFolder.class)
  Path folder;

  private DataFile monday;
  private DataFile tuesday;

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, false, "");
  }

  /// The file of Monday was written before the column `late` came.
  @BeforeEach
  void writeFiles() throws Exception {
    monday =
        write(
            "2026-01-05",
            "'a' AS id, 1::BIGINT AS count, TIMESTAMPTZ '2026-01-05 10:00:00Z' AS at");
    tuesday =
        write(
            "2026-01-06",
            "'it''s' AS id, 2::BIGINT AS count, TIMESTAMPTZ '2026-01-06 10:00:00.5Z' AS at,"
                + " true AS late");
  }

  private DataFile write(String date, String select) throws Exception {
    Path file = folder.resolve("event_date=" + date).resolve("part-0.parquet");
    Files.createDirectories(file.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String target = file.toString().replace("'", "''");
      statement.execute("COPY (SELECT " + select + ") TO '" + target + "' (FORMAT parquet)");
    }
    return new DataFile(file.toString(), Files.size(file), 1, date);
  }

  private LakeSql lake() {
    return LakeSql.of(
        List.of(
            LakeView.of(EVENTS, Optional.of(snapshot(monday, tuesday))),
            LakeView.of(EMPTY, Optional.empty())),
        LIMITS);
  }

  private static TableSnapshot snapshot(DataFile... files) {
    return new TableSnapshot("some", 3, Instant.EPOCH, List.of(files));
  }

  private CollectedRows query(String sql, String... parameters) {
    var result = new CollectedRows();
    try (LakeSql lake = lake()) {
      lake.query(sql, List.of(parameters), result);
    }
    return result;
  }

  @Test
  void rowsOfAllFilesHaveTheTablesColumnsAndPlainValues() {
    CollectedRows result = query("SELECT * FROM some_events ORDER BY id");
    assertThat(result.columns).containsExactly("id", "count", "at", "late", "event_date");
    assertThat(result.rows)
        .containsExactly(
            Arrays.asList("a", 1L, "2026-01-05T10:00:00Z", null, "2026-01-05"),
            Arrays.asList("it's", 2L, "2026-01-06T10:00:00.500Z", true, "2026-01-06"));
  }

  @Test
  void thePartitionColumnIsADate() {
    assertThat(query("SELECT id FROM some_events WHERE event_date > DATE '2026-01-05'").rows)
        .containsExactly(List.of("it's"));
    assertThat(query("SELECT typeof(event_date) FROM some_events LIMIT 1").rows)
        .containsExactly(List.of("DATE"));
  }

  @Test
  void aTableWithoutFilesIsThereAndEmpty() {
    CollectedRows result = query("SELECT * FROM empty");
    assertThat(result.columns).containsExactly("id", "day");
    assertThat(result.rows).isEmpty();
  }

  @Test
  void parametersAreValuesAndNotSql() {
    assertThat(query("SELECT count FROM some_events WHERE id = ?", "it's").rows)
        .containsExactly(List.of(2L));
  }

  @Test
  void showAndDescribeAreAnswered() {
    assertThat(query("SHOW TABLES").rows).containsExactly(List.of("empty"), List.of("some_events"));
    assertThat(query("DESCRIBE empty").rows).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY some_events TO 'x.csv'",
        "SELECT 1; COPY some_events TO 'x.csv'",
        "DROP VIEW some_events",
        "CREATE TABLE t AS SELECT 1",
        "SET threads = 8",
        "ATTACH 'x.db'",
        "INSTALL httpfs",
        "EXPLAIN ANALYZE COPY some_events TO 'x.csv'"
      })
  void whatDoesNotOnlyReadIsRefused(String sql) {
    assertThatThrownBy(() -> query(sql))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("only statements that read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM read_text('/etc/hosts')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/hosts.csv'"
      })
  void noOtherFileCanBeRead(String sql) {
    assertThatThrownBy(() -> query(sql))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("disabled by configuration");
  }

  @Test
  void aWrongTableNameIsAnsweredWithTheRightOnes() {
    assertThatThrownBy(() -> query("SELECT * FROM some_evnts"))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("some_evnts does not exist")
        .hasMessageContaining("The tables are: ")
        .hasMessageContaining("some_events");
  }

  @Test
  void aSyntaxErrorSaysWhere() {
    assertThatThrownBy(() -> query("SELEC 1"))
        .isInstanceOf(SqlFailure.class)
        .hasMessage("parser error: syntax error at or near \"SELEC\"");
  }

  @Test
  void twoStatementsAreOneTooMany() {
    assertThatThrownBy(() -> query("SELECT 1; SELECT 2"))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("exactly one statement, not 2");
  }

  @Test
  void aQueryThatNeedsTooMuchMemoryFailsAndSaysSo() {
    assertThatThrownBy(() -> query("SELECT list(i) FROM range(100000000) t(i)"))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("Out of Memory");
  }

  @Test
  void beyondItsMemoryAQueryGoesWhereItMaySpillAndLeavesNothingThere() throws Exception {
    assertThatThrownBy(() -> count(MUCH, new SqlLimits(1, 32)))
        .hasMessageContaining("Out of Memory");
    Path spill = folder.resolve("scratch");
    assertThatThrownBy(() -> count(MUCH, new SqlLimits(1, 32, spill)))
        .as("no server has made it")
        .hasMessageContaining("Out of Memory");
    assertThat(spill).doesNotExist();

    Files.createDirectory(spill);
    assertThat(count(MUCH, new SqlLimits(1, 32, spill))).isEqualTo(1_500_000L);
    assertThat(spill).isEmptyDirectory();
  }

  @Test
  void severalMaySpillAtATimeIntoOnePlace() throws Exception {
    var limits = new SqlLimits(1, 32, Files.createDirectory(folder.resolve("scratch")));
    Callable<Object> counting = () -> count(MUCH, limits);
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (Future<Object> count : threads.invokeAll(List.of(counting, counting, counting))) {
        assertThat(count.get()).isEqualTo(1_500_000L);
      }
    }
  }

  @Test
  void whoseDirectoryWasClearedIsToldToTryAgain() throws Exception {
    Path spill = Files.createDirectory(folder.resolve("scratch"));
    try (LakeSql lake = LakeSql.of(List.of(), new SqlLimits(1, 32, spill));
        Stream<Path> own = Files.list(spill)) {
      Files.delete(own.findFirst().orElseThrow());

      assertThatThrownBy(() -> lake.query(MUCH, List.of(), new CollectedRows()))
          .isInstanceOf(SqlFailure.Busy.class)
          .hasMessageContaining("try again");
    }
    assertThat(spill).isEmptyDirectory();
  }

  @Test
  void rowsUnderWayEndWhenTheyAreInterrupted() {
    try (LakeSql lake = LakeSql.of(List.of(), new SqlLimits(1, 64))) {
      var rows = new ArrayList<>();
      var reader =
          new ResultReader() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<Object> values) {
              rows.add(values);
              lake.interrupt();
            }

            @Override
            public void end() {}
          };
      assertThatThrownBy(() -> lake.query("SELECT i FROM range(1000000) t(i)", List.of(), reader))
          .hasMessageContaining("INTERRUPT");
      assertThat(rows).hasSize(1);
    }
  }

  @Test
  void aQueryThatIsInterruptedEnds() throws Exception {
    try (LakeSql lake = LakeSql.of(List.of(), new SqlLimits(1, 64));
        var thread = Executors.newSingleThreadExecutor()) {
      String endless = "SELECT count(*) FROM range(1000000000000) t(i) WHERE i % 7 = 3";
      Future<?> asked = thread.submit(() -> lake.query(endless, List.of(), new CollectedRows()));
      while (!asked.isDone()) {
        lake.interrupt();
        Thread.onSpinWait();
      }
      assertThatThrownBy(asked::get).hasMessageContaining("INTERRUPT");
    }
  }

  private static Object count(String sql, SqlLimits limits) {
    var rows = new CollectedRows();
    try (LakeSql lake = LakeSql.of(List.of(), limits)) {
      lake.query(sql, List.of(), rows);
    }
    return rows.rows.getFirst().getFirst();
  }

  @Test
  void aLakeElsewhereIsRefusedWithAdvice() {
    var remote = new DataFile("s3a://bucket/lake/part-0.parquet", 1, 1, "2026-01-05");
    assertThatThrownBy(() -> LakeView.of(EMPTY, Optional.of(snapshot(remote))))
        .isInstanceOf(SqlFailure.class)
        .hasMessageContaining("s3a:");
  }
}
