package dev.hooklake.lake;

import static dev.hooklake.lake.TestTables.EMAIL;
import static dev.hooklake.lake.TestTables.LANDING;
import static dev.hooklake.lake.TestTables.START;
import static dev.hooklake.lake.TestTables.column;
import static dev.hooklake.lake.TestTables.day;
import static dev.hooklake.lake.TestTables.event;
import static dev.hooklake.lake.TestTables.landing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableShapeTest {
  @TempDir Path temporary;
  private Path directory;
  private LakeUnderTest files;
  private Lake lake;
  private long sequence;

  @BeforeEach
  void open() {
    directory = temporary.resolve("a lake, 100 % ours");
    files = new LakeUnderTest(directory);
    lake = files.open();
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void rowsLieInThePartitionOfTheirUtcDate() throws Exception {
    LocalDate yesterday = day(1).minusDays(1);
    commit(event(EMAIL, 1), event(EMAIL, 2, "opened", yesterday), event(EMAIL, 3));

    TableSnapshot snapshot = files.snapshot(EMAIL);
    assertThat(snapshot.files())
        .extracting(TableSnapshot.DataFile::partition, TableSnapshot.DataFile::rows)
        .containsExactlyInAnyOrder(tuple("2026-03-01", 2L), tuple("2026-02-28", 1L));
    assertThat(snapshot.files())
        .allSatisfy(file -> {
          Path path = Path.of(file.path());
          assertThat(path).isAbsolute().hasSize(file.bytes());
          assertThat(path.getParent()).hasFileName("event_date=" + file.partition());
        });
    assertThat(snapshot.table()).isEqualTo("email_events");
  }

  @Test
  void valuesComeBackAsTheyWere() throws Exception {
    String large = "ß∂\u0000🦉\"\\\n".repeat(300_000);
    Row row =
        Row.in(EMAIL)
            .set("event_id", "日本語")
            .set("source", "")
            .set("metric", "a'b")
            .set("occurred_at", START)
            .set("received_at", Instant.parse("1969-12-31T23:59:59.999999Z"))
            .set("campaign_id", Long.MIN_VALUE)
            .set("tries", Integer.MAX_VALUE)
            .set("score", -0.1)
            .set("is_machine", false)
            .set("extra", large)
            .set("event_date", LocalDate.of(2026, 3, 1))
            .build();
    commit(row);

    assertThat(
            files.query(
                EMAIL,
                "SELECT event_id, source, metric, epoch_us(occurred_at), epoch_us(received_at),"
                    + " email_address, campaign_id, tries, score, is_machine, event_date"
                    + " FROM $table"))
        .containsExactly(
            "日本語||a'b|1772323200123456|-1|null|-9223372036854775808|2147483647|-0.1|false|2026-03-01");
    assertThat(files.query(EMAIL, "SELECT md5(extra) FROM $table")).containsExactly(md5(large));
  }

  @Test
  void rowsOfAFileKeepTheOrderOfTheJournal() throws Exception {
    var rows = new ArrayList<Row>();
    for (int i = 1; i <= 5000; i++) {
      rows.add(landing(i, "x"));
    }
    commit(rows.toArray(Row[]::new));

    assertThat(
            files.query(
                LANDING,
                "SELECT count(*) FROM (SELECT journal_position, file_row_number FROM "
                    + "read_parquet('"
                    + files.snapshot(LANDING).files().getFirst().path()
                    + "', file_row_number = true)) WHERE journal_position <> file_row_number + 1"))
        .containsExactly("0");
  }

  @Test
  void filesAreCompressedWithZstd() throws Exception {
    commit(event(EMAIL, 1));

    String file = files.snapshot(EMAIL).files().getFirst().path();
    assertThat(DuckDb.rows("SELECT DISTINCT compression FROM parquet_metadata('" + file + "')"))
        .containsExactly("ZSTD");
  }

  @Test
  void theLogHasStatisticsOfWhatIsOrderedAndOfNoPerson() throws Exception {
    commit(event(EMAIL, 1), event(EMAIL, 2), event(EMAIL, 3));

    String add = log(EMAIL, 0).lines().filter(line -> line.contains("\"add\"")).findFirst().get();
    assertThat(add)
        .contains("\\\"numRecords\\\":3")
        .contains("\\\"occurred_at\\\":\\\"2026-03-01T00:00:01.123Z\\\"")
        .contains("\\\"campaign_id\\\":1")
        .contains("\\\"event_id\\\":\\\"key-1\\\"")
        .doesNotContain("example.com");
  }

  @Test
  void theSchemaHasOurCommentsAndTheOldestProtocol() throws Exception {
    commit(event(EMAIL, 1));

    assertThat(log(EMAIL, 0))
        .contains("what campaign_id means")
        .contains("\"partitionColumns\":[\"event_date\"]")
        .contains("\"minReaderVersion\":1,\"minWriterVersion\":2")
        .contains("\"name\":\"email_events\"");
  }

  @Test
  void newColumnsAreAddedAndOlderRowsLackThem() throws Exception {
    commit(event(EMAIL, 1));
    Table wider = with(column("link_id", ColumnType.LONG, true));
    commit(copy(wider, 2, "link_id", 7L));
    commit(event(EMAIL, 3));

    assertThat(files.query(EMAIL, "SELECT event_id, link_id FROM $table ORDER BY 1"))
        .containsExactly("key-1|null", "key-2|7", "key-3|null");
  }

  @Test
  void aColumnOfAnotherTypeIsRejectedAndNamed() throws Exception {
    commit(event(EMAIL, 1));
    Table other = with(column("campaign_id", ColumnType.STRING, false));

    assertThat(lake.commit(next(copy(other, 2, "campaign_id", "twelve"))))
        .isEqualTo(
            new CommitOutcome.Rejected(
                "email_events: email_events.campaign_id is a long in the lake and string here;"
                    + " rename or cast that column"));
    assertThat(files.typed(EMAIL)).containsExactly(1L);
    assertThat(files.strays(EMAIL)).isEmpty();
    assertThat(lake.landedThrough()).isEqualTo(1);
  }

  @Test
  void manyCommitsLeaveCheckpoints() throws Exception {
    for (int i = 1; i <= 60; i++) {
      commit(event(EMAIL, i));
    }
    lake.close();

    Path log = directory.resolve(EMAIL.path()).resolve("_delta_log");
    assertThat(log.resolve("00000000000000000025.checkpoint.parquet")).exists();
    assertThat(log.resolve("00000000000000000050.checkpoint.parquet")).exists();
    assertThat(log.resolve("_last_checkpoint")).exists();
    assertThat(files.typed(EMAIL)).isEqualTo(LakeUnderTest.sequences(1, 60));
  }

  @Test
  void aRecordWithoutAnyRowStillCounts() throws Exception {
    commit(event(EMAIL, 1), landing(1, "x"));

    assertThat(lake.commit(new Batch(2, 5, List.of()))).isEqualTo(new CommitOutcome.Committed(5));

    assertThat(lake.landedThrough()).isEqualTo(5);
  }

  @Test
  void aLakeWhoseVolumeIsGoneIsNotStartedAnew() throws Exception {
    Path moved = temporary.resolve("elsewhere");
    commit(event(EMAIL, 1));
    Files.move(directory, moved);

    assertThat(lake.commit(next(event(EMAIL, 2))))
        .isInstanceOfSatisfying(
            CommitOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("volume mounted?"));
    assertThat(directory).doesNotExist();

    Files.move(moved, directory);
    assertThat(lake.commit(next(event(EMAIL, 2)))).isInstanceOf(CommitOutcome.Committed.class);
  }

  private void commit(Row... rows) throws Exception {
    assertThat(lake.commit(next(rows))).isInstanceOf(CommitOutcome.Committed.class);
  }

  private Batch next(Row... rows) {
    sequence++;
    var sequenced = new ArrayList<SequencedRow>();
    for (Row row : rows) {
      sequenced.add(new SequencedRow(sequence, row));
    }
    if (sequenced.stream().noneMatch(row -> row.row().table().equals(LANDING))) {
      sequenced.add(new SequencedRow(sequence, landing(sequence, null)));
    }
    return new Batch(sequence, sequence, sequenced);
  }

  /// The email table with one more column, or with that column in place of its own.
  private static Table with(Column changed) {
    var columns = new ArrayList<Column>();
    for (Column column : EMAIL.columns()) {
      if (!column.name().equals(changed.name())) {
        columns.add(column);
      }
    }
    columns.add(columns.size() - 1, changed);
    return Table.of(EMAIL.name(), EMAIL.path(), EMAIL.partitionColumn(), columns);
  }

  private static Row copy(Table table, long sequence, String column, Object value) {
    Row row = event(EMAIL, sequence);
    Row.Builder copy = Row.in(table);
    for (String same : List.of("event_id", "source", "metric", "occurred_at", "received_at")) {
      copy.set(same, row.value(same));
    }
    return copy.set("event_date", row.value("event_date")).set(column, value).build();
  }

  private String log(Table table, long version) throws Exception {
    return Files.readString(
        directory.resolve(table.path()).resolve("_delta_log/%020d.json".formatted(version)));
  }

  private static String md5(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
  }
}
