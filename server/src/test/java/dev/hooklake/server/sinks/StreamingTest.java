package dev.hooklake.server.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.PostgresServer;
import dev.hooklake.server.operations.TargetAway;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Events into real tables, by every product and statement that we say we know.
@ParameterizedClass
@EnumSource(StreamingTest.Product.class)
class StreamingTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

  /// Where to, and how.
  enum Product {
    POSTGRES,
    POSTGRES_BY_MERGE,
    SQLITE,
    DUCKDB,
    DUCKDB_BY_MERGE;

    String url(Path directory) {
      return switch (this) {
        case POSTGRES, POSTGRES_BY_MERGE ->
            PostgresServer.newDatabaseUrl()
                .replaceFirst(
                    "^postgres(?:ql)?://([^:@]+)(?::([^@]*))?@(.*)$",
                    "jdbc:postgresql://$3?user=$1&password=$2");
        case SQLITE -> "jdbc:sqlite:" + directory.resolve("warehouse.db");
        case DUCKDB, DUCKDB_BY_MERGE -> "jdbc:duckdb:" + directory.resolve("warehouse.duckdb");
      };
    }

    Upsert upsert() {
      return name().endsWith("MERGE") ? Upsert.MERGE : Upsert.ON_CONFLICT;
    }

    boolean isPostgres() {
      return name().startsWith("POSTGRES");
    }
  }

  @Parameter Product product;
  @TempDir Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Row> journal = new ArrayList<>();
  private OperationsDatabase operations;
  private String url;
  private Streaming streaming;

  @BeforeEach
  void open() {
    operations = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
    url = product.url(directory);
    streaming = streaming(url);
  }

  @AfterEach
  void close() {
    streaming.close();
    operations.close();
  }

  @Test
  void everyEventIsARowOnceWhateverIsRepeated() throws Exception {
    stream(
        email("e-1", "sent").set("campaign_id", 42L).set("customer_id", "c-7"),
        email("e-2", "opened").set("delivery_id", "d-1"),
        email("e-1", "sent").set("source", "resend"));
    stream(email("e-2", "opened").set("delivery_id", "d-2"), email("e-3", "clicked"));
    stream(email("e-3", "clicked"), email("e-3", "clicked"));

    assertThat(rows("SELECT source || ' ' || event_id || ' ' || event_type FROM hooklake_events"))
        .containsExactlyInAnyOrder(
            "customerio e-1 email.sent",
            "resend e-1 email.sent",
            "customerio e-2 email.opened",
            "customerio e-3 email.clicked");
    assertThat(rows("SELECT delivery_id FROM hooklake_events WHERE event_id = 'e-2'"))
        .containsExactly("d-2");
    assertThat(rows("SELECT campaign_id FROM hooklake_events WHERE customer_id = 'c-7'"))
        .containsExactly("42");
    assertThat(rows("SELECT CAST(event AS VARCHAR(9000)) FROM hooklake_events"))
        .allMatch(event -> event.contains("dana@customer.example"));
    assertThat(rows("SELECT CAST(\"timestamp\" AS VARCHAR(50)) FROM hooklake_events"))
        .allMatch(time -> time.startsWith("2026-01-05"));
  }

  @Test
  void aTableThatLacksColumnsGetsThemAndKeepsItsOwn() throws Exception {
    execute(
        "CREATE TABLE hooklake_events (source VARCHAR(99), event_id VARCHAR(99), ours INTEGER,"
            + " PRIMARY KEY (source, event_id))",
        "INSERT INTO hooklake_events VALUES ('customerio', 'e-1', 7)");

    stream(email("e-1", "opened"));

    assertThat(rows("SELECT event_type || ours FROM hooklake_events"))
        .containsExactly("email.opened7");
  }

  @Test
  void aSinkThatIsAwaySaysSoWithoutCredentialsAndGoesOnLater() {
    Streaming away =
        streaming("jdbc:postgresql://127.0.0.1:1/none?user=anna&password=never-print-me");

    assertThatThrownBy(() -> stream(away, email("e-1", "sent")))
        .isInstanceOf(TargetAway.class)
        .hasMessageContaining("jdbc:postgresql")
        .hasMessageNotContaining("never-print-me");
    away.close();
  }

  @Test
  void whatTheTableRefusesIsKeptAsideAndTheOthersArrive() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(product.isPostgres(), "the others take any text");
    // PostgreSQL's JSON has no NUL.
    stream(
        email("e-1", "sent"),
        email("e-2", "sent").set("extra", "{\"theirs\": \"\\u0000\"}"),
        email("e-3", "sent"));

    assertThat(rows("SELECT event_id FROM hooklake_events")).containsExactly("e-1", "e-3");
    assertThat(registry.get("hooklake.sink.rows").tag("outcome", "rejected").counter().count())
        .isEqualTo(1);
    var rejects = new SinkRejects(operations);
    assertThat(rejects.counts()).containsEntry("warehouse", 1L);
    var dana = new Person(Set.of("dana@customer.example"), Set.of(), Set.of(), Set.of(), Set.of());
    assertThat(rejects.erase(dana, new PersonRows(Set.of(), Set.of()))).isEqualTo(1);
    assertThat(rejects.counts()).isEmpty();
  }

  @Test
  void whatTheTableRefusedIsSentAgainWhenSomebodyAsks() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue(product.isPostgres(), "constraints come and go");
    var rejects = new SinkRejects(operations);
    stream(email("e-1", "sent"));
    execute("ALTER TABLE hooklake_events ADD CONSTRAINT ours CHECK (event_id NOT LIKE 'no%')");
    stream(email("no-1", "opened").set("campaign_id", 42L), email("no-2", "sent"));
    assertThat(rejects.list("warehouse", 9))
        .extracting(SinkReject::eventKey)
        .containsExactlyInAnyOrder("no-1", "no-2");

    assertThat(rejects.resend("other", "")).isZero();
    assertThat(rejects.resend("warehouse", "")).isEqualTo(2);
    streaming.tidy(operations, NOW);
    assertThat(rejects.list("", 9)).hasSize(2).noneMatch(SinkReject::resend);

    execute("ALTER TABLE hooklake_events DROP CONSTRAINT ours");
    String id =
        rejects.list("warehouse", 9).stream()
            .filter(one -> one.eventKey().equals("no-1"))
            .map(SinkReject::id)
            .findFirst()
            .orElseThrow();
    assertThat(rejects.resend("warehouse", id)).isEqualTo(1);
    streaming.tidy(operations, NOW.plusSeconds(9));
    assertThat(rejects.list("", 9)).extracting(SinkReject::eventKey).containsExactly("no-2");
    assertThat(
            rows(
                "SELECT event_type || campaign_id || to_char(\"timestamp\", 'HH24:MI')"
                    + " || (event ->> 'metric') FROM hooklake_events WHERE event_id = 'no-1'"))
        .containsExactly("email.opened4208:00opened");
  }

  private Streaming streaming(String to) {
    var target = new JdbcTarget(to, null, null, "hooklake_events", null, product.upsert());
    return Streaming.into(
        new SinkSettings("warehouse", target),
        (record, _) -> new Decoding.Understood(journal.get((int) record.sequence() - 1)),
        new SinkMeters("warehouse", registry));
  }

  private void stream(Row.Builder... rows) {
    stream(streaming, rows);
  }

  /// As the consumer does.
  private void stream(Streaming into, Row.Builder... rows) {
    journal.clear();
    for (Row.Builder row : rows) {
      journal.add(row.build());
    }
    var work =
        into.prepare(
            IntStream.rangeClosed(1, rows.length).mapToObj(StreamingTest::record).toList(), NOW);
    operations.change(work::store);
    work.stored();
  }

  private static JournalRecord record(int sequence) {
    return new JournalRecord(
        sequence, Instant.EPOCH, new EventKey(0, sequence), ByteBuffer.allocate(0));
  }

  /// DuckDB lets one connection in at a time from elsewhere, so the sink's is closed.
  private List<String> rows(String query) throws SQLException {
    streaming.close();
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private static Row.Builder email(String key, String metric) {
    return Row.in(Channel.EMAIL.table())
        .set("event_id", key)
        .set("source", "customerio")
        .set("object_type", "email")
        .set("metric", metric)
        .set("timestamp", AT.getEpochSecond())
        .set("occurred_at", AT)
        .set("received_at", AT)
        .set("processed_at", AT)
        .set("email_address", "dana@customer.example")
        .set("is_machine", false)
        .set("event_date", LocalDate.ofInstant(AT, ZoneOffset.UTC));
  }
}
