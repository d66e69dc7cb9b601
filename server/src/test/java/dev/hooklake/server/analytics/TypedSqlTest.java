package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people may type into the SQL page, and every way out of it that we could think of.
final class TypedSqlTest {
  private static final QueryLimits SHORT = QueryLimits.of(Duration.ofSeconds(2), 1000);

  @TempDir private Path directory;
  private LakeQuestions lake;

  @BeforeEach
  void open() {
    lake =
        new LakeQuestions(
            LakeReader.open(LakeSettings.in(directory.resolve("lake"))), 1, new SqlLimits(1, 128));
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM email_events",
        "FROM email_events LIMIT 1",
        "WITH days AS (SELECT event_date FROM sms_events) SELECT * FROM days JOIN days AS d USING (event_date)",
        "SELECT * FROM (WITH inner_part AS (SELECT 1 AS a) SELECT * FROM inner_part) AS o",
        "SELECT * FROM range(10) AS r(i) LEFT JOIN email_events ON timestamp = i",
        "SELECT unnest([1, 2, 3])",
        "DESCRIBE email_events",
        "SUMMARIZE quarantine",
        "VALUES (1), (2)",
        "SELECT list_transform([1, 2], lambda x: x + 1), strftime(now(), '%Y')",
        "SELECT metric FROM Email_Events UNION ALL SELECT metric FROM push_events"
      })
  void whatReadsOurTablesIsAnswered(String sql) throws IOException {
    assertThat(lake.askTyped(sql, SHORT).columns()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // files
        "SELECT * FROM read_csv('SECRET')",
        "SELECT * FROM read_text('SECRET')",
        "SELECT * FROM read_blob('SECRET')",
        "SELECT * FROM read_json('SECRET')",
        "SELECT * FROM read_parquet('SECRET')",
        "SELECT * FROM read_csv_auto('SECRET')",
        "SELECT * FROM sniff_csv('SECRET')",
        "SELECT * FROM parquet_metadata('SECRET')",
        "SELECT * FROM parquet_scan('SECRET')",
        "SELECT * FROM 'SECRET'",
        "SELECT * FROM \"SECRET\"",
        "SELECT * FROM glob('/*')",
        "SELECT (SELECT content FROM read_text('SECRET'))",
        "SELECT * FROM email_events WHERE event_id IN (SELECT content FROM read_text('SECRET'))",
        "WITH t AS (FROM read_text('SECRET')) SELECT * FROM t",
        "WITH \"SECRET\" AS (SELECT 1) SELECT * FROM \"SECRET\"",
        "SELECT * FROM email_events, LATERAL (SELECT * FROM read_text('SECRET'))",
        "SELECT * FROM query('SELECT * FROM read_text(''SECRET'')')",
        "SELECT * FROM query_table('SECRET')",
        "DESCRIBE SELECT * FROM 'SECRET'",
        "SUMMARIZE 'SECRET'",
        // writing
        "COPY email_events TO 'SECRET.out'",
        "COPY (SELECT 1) TO 'SECRET.out' (FORMAT parquet)",
        "EXPORT DATABASE 'SECRET.out'",
        "CREATE TABLE t AS SELECT 1",
        "CREATE OR REPLACE VIEW email_events AS SELECT 1",
        "INSERT INTO quarantine SELECT * FROM quarantine",
        "DELETE FROM email_events",
        "UPDATE email_events SET metric = ''",
        "DROP VIEW email_events",
        "ALTER TABLE email_events ADD COLUMN x INT",
        "TRUNCATE email_events",
        // other databases, extensions, settings
        "ATTACH 'SECRET.db' AS other",
        "DETACH memory",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://attacker.example/x.parquet'",
        "SELECT * FROM read_csv('https://attacker.example/x.csv')",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "CHECKPOINT",
        "USE memory",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "EXPLAIN ANALYZE SELECT 1",
        // the catalog, the settings, the environment
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_views()",
        "SELECT * FROM duckdb_tables",
        "SELECT * FROM pragma_table_info('email_events')",
        "SELECT * FROM pragma_show_tables",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_class",
        "SELECT * FROM memory.main.email_events",
        "SELECT getenv('HOME')",
        "SELECT current_setting('temp_directory')",
        "SELECT [getenv(x) FOR x IN ['HOME']]",
        "WITH duckdb_settings AS (SELECT 1) SELECT * FROM duckdb_settings",
        "SELECT * FROM (WITH sqlite_master AS (SELECT 1) FROM sqlite_master) AS a, sqlite_master",
        // several at once, and none
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW email_events",
        "SELECT 1; -- harmless\nATTACH 'SECRET.db'",
        ";",
        "-- nothing",
        "not sql at all"
      })
  void whatDoesAnythingElseIsRefused(String template) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "a,b\nhidden-words,2\n");
    String sql = template.replace("SECRET", secret.toString());

    assertThatThrownBy(() -> lake.askTyped(sql, SHORT))
        .isInstanceOf(SqlFailure.class)
        .hasMessageNotContaining("hidden-words");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly("secret.csv");
    }
    assertThat(lake.askTyped("SELECT count(*) FROM email_events", SHORT).rows())
        .isEqualTo(List.of(List.of(0L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM range(100000000) a, range(100000000) b",
        "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b",
        "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c WHERE a.range = 1"
      })
  void whatTakesTooLongIsStopped(String sql) throws IOException {
    assertThatThrownBy(() -> lake.askTyped(sql, SHORT))
        .isInstanceOf(SqlFailure.class)
        .hasMessageMatching("(?s).*(stopped after 2 s|Out of Memory|out of memory).*");
    assertThat(lake.askTyped("SELECT 1", SHORT).rows()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT string_agg(repeat('x', 10000), '') FROM range(10000000)",
        "SELECT list(range) FROM range(1000000000)",
        "SELECT * FROM range(50000000) a ORDER BY hash(a.range)"
      })
  void whatTakesTooMuchMemoryFails(String sql) throws IOException {
    assertThatThrownBy(() -> lake.askTyped(sql, SHORT)).isInstanceOf(SqlFailure.class);
    assertThat(lake.askTyped("SELECT 1", SHORT).rows()).hasSize(1);
  }

  /// One call of a function is neither stopped nor counted, so it is not begun.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT repeat('x', 4000000000)",
        "SELECT repeat('x', 1500000000)",
        "SELECT repeat('x', 99999999999999999999)",
        "SELECT repeat('x', 100000 * 100000)",
        "SELECT repeat('x', n) FROM (SELECT 4000000000 AS n)",
        "SELECT repeat(repeat('x', 100000), 100000)",
        "WITH long AS (SELECT repeat('x', 100000) AS x) SELECT repeat(x, 100000) FROM long",
        "SELECT ('x').repeat(4000000000)",
        "SELECT lpad('x', 2000000000, 'y'), rpad('x', 2000000000, 'y')",
        "SELECT printf('%2000000000d', 1)",
        "SELECT printf('%*d', 2000000000, 1)",
        "SELECT format('{:>2000000000}', 1)",
        "SELECT format('{:{}}', 1, 2000000000)",
        "SELECT format(f, 1) FROM (SELECT '{:>2000000000}' AS f)",
        "SELECT len(range(3000000000))",
        "SELECT list_resize([1], 3000000000)",
        "SELECT repeat([1], 3000000000)",
        "SELECT bitstring('1', 2000000000)",
        "SELECT bar(1, 0, 1, 2000000000)"
      })
  void whatWouldMakeOneHugeValueIsNotBegun(String sql) throws IOException {
    assertThatThrownBy(() -> lake.askTyped(sql, SHORT))
        .isInstanceOf(SqlFailure.class)
        .hasMessageMatching("how long a value.*|values made here.*|write the format.*");
    assertThat(lake.askTyped("SELECT repeat('x', 5), lpad('7', 3, '0'), range(3)", SHORT).rows())
        .hasSize(1);
  }

  /// Thousands of slow calls on one portion of rows, between which DuckDB does not look up.
  @Test
  void whoeverAsksIsAnsweredInTimeEvenWhereDuckDbCannotBeStopped() {
    String slow =
        "SELECT max(levenshtein('%s' || i, '%s')) FROM range(2000) AS r(i)"
            .formatted("a".repeat(3000), "b".repeat(3000));

    assertThatThrownBy(() -> lake.askTyped(slow, QueryLimits.of(Duration.ofMillis(500), 1000)))
        .hasMessageContaining("stopped after");
  }

  @Test
  void rowsPastTheLimitAreCutOffAndThatIsSaid() throws IOException {
    ResultTable table = lake.askTyped("SELECT * FROM range(100000000)", SHORT);

    assertThat(table.rows()).hasSize(1000);
    assertThat(table.cutOff()).isTrue();
  }

  @Test
  void longValuesAreCutOffToo() throws IOException {
    var few = new QueryLimits(Duration.ofSeconds(20), 1000, 10_000);

    ResultTable table = lake.askTyped("SELECT repeat('x', 4000) FROM range(100)", few);

    assertThat(table.rows()).hasSize(2);
    assertThat(table.cutOff()).isTrue();
  }

  @Test
  void nestingWithoutEndIsRefused() {
    String deep = "SELECT " + "abs(".repeat(3000) + "1" + ")".repeat(3000);
    String long_ = "SELECT '" + "x".repeat(30_000) + "'";

    assertThatThrownBy(() -> lake.askTyped(deep, SHORT)).isInstanceOf(SqlFailure.class);
    assertThatThrownBy(() -> lake.askTyped(long_, SHORT)).hasMessageContaining("20000 characters");
  }

  @Test
  void valuesAreTakenOutOfWhatIsAudited() {
    assertThat(
            SqlText.withoutLiterals(
                "SELECT 1 FROM email_events WHERE email_address = 'ana@example.com' AND x = $$it's$$"
                    + " AND phone = 15555550100 AND y = 'it''s' LIMIT 10"))
        .isEqualTo(
            "SELECT 1 FROM email_events WHERE email_address = '•••' AND x = '•••'"
                + " AND phone = '•••' AND y = '•••' LIMIT 10");
  }

  @Test
  void soAreCommentsAndWhatIsNoNameInDoubleQuotes() {
    assertThat(
            SqlText.withoutLiterals(
                "SELECT \"email_address\" FROM email_events -- of Vera\n"
                    + "WHERE x = \"vera@example.com\" /* +1 555 */ AND y = \"Vera L\""
                    + " AND z = vera@example.com AND n = \"n1\" /* open"))
        .isEqualTo(
            "SELECT \"email_address\" FROM email_events /* ••• */\n"
                + "WHERE x = \"•••\" /* ••• */ AND y = \"•••\""
                + " AND z = '•••' AND n = \"n1\" /* ••• */");
  }
}
