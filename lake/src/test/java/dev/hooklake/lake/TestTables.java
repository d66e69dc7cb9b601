package dev.hooklake.lake;

import static dev.hooklake.sources.event.ColumnType.BOOLEAN;
import static dev.hooklake.sources.event.ColumnType.DATE;
import static dev.hooklake.sources.event.ColumnType.DOUBLE;
import static dev.hooklake.sources.event.ColumnType.INTEGER;
import static dev.hooklake.sources.event.ColumnType.LONG;
import static dev.hooklake.sources.event.ColumnType.STRING;
import static dev.hooklake.sources.event.ColumnType.TIMESTAMP;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Small tables of the real shape, and rows whose content follows from their sequence.
final class TestTables {
  static final Instant START = Instant.parse("2026-03-01T00:00:00.123456Z");

  static final Table LANDING =
      Table.of(
          "webhook_landing",
          "webhook_landing",
          "date_partition",
          List.of(
              column("source", STRING, true),
              column("event_key", STRING, true),
              column("received_at", TIMESTAMP, true),
              column("body", STRING, false),
              column("journal_position", LONG, true),
              column("date_partition", DATE, true)));

  static final Table EMAIL = typed("email_events");
  static final Table SMS = typed("sms_events");

  private TestTables() {}

  static Column column(String name, ColumnType type, boolean required) {
    return new Column(name, type, required, "what " + name + " means");
  }

  private static Table typed(String name) {
    return Table.of(
        name,
        "processed_events/" + name,
        "event_date",
        List.of(
            column("event_id", STRING, true),
            column("source", STRING, true),
            column("metric", STRING, true),
            column("occurred_at", TIMESTAMP, true),
            column("received_at", TIMESTAMP, true),
            column("email_address", STRING, false),
            column("campaign_id", LONG, false),
            column("tries", INTEGER, false),
            column("score", DOUBLE, false),
            column("is_machine", BOOLEAN, false),
            column("extra", STRING, false),
            column("event_date", DATE, true)));
  }

  static Row landing(long sequence, String body) {
    return Row.in(LANDING)
        .set("source", "test")
        .set("event_key", "key-" + sequence)
        .set("received_at", at(sequence))
        .set("body", body)
        .set("journal_position", sequence)
        .set("date_partition", day(sequence))
        .build();
  }

  static Row event(Table table, long sequence) {
    return event(table, sequence, "delivered", day(sequence));
  }

  static Row event(Table table, long sequence, String metric, LocalDate day) {
    return Row.in(table)
        .set("event_id", "key-" + sequence)
        .set("source", "test")
        .set("metric", metric)
        .set("occurred_at", at(sequence))
        .set("received_at", at(sequence))
        .set("email_address", sequence % 3 == 0 ? null : "p" + sequence + "@example.com")
        .set("campaign_id", sequence % 7)
        .set("event_date", day)
        .build();
  }

  static Table withColumn(Table table, String column) {
    var columns = new ArrayList<Column>(table.columns());
    columns.add(columns.size() - 1, column(column, STRING, false));
    return Table.of(table.name(), table.path(), table.partitionColumn(), columns);
  }

  /// One event in a table of another shape.
  static Batch batchOf(Table table, long sequence, String column, String value) {
    Row row =
        Row.in(table)
            .set("event_id", "key-" + sequence)
            .set("source", "test")
            .set("metric", "opened")
            .set("occurred_at", at(sequence))
            .set("received_at", at(sequence))
            .set(column, value)
            .set("event_date", day(sequence))
            .build();
    return new Batch(
        sequence,
        sequence,
        List.of(
            new SequencedRow(sequence, landing(sequence, "{}")), new SequencedRow(sequence, row)));
  }

  /// Landing rows for all sequences; odd ones are emails, even ones text messages.
  static Batch batch(long first, long last) {
    var rows = new ArrayList<SequencedRow>();
    LongStream.rangeClosed(first, last)
        .forEach(sequence -> {
          rows.add(new SequencedRow(sequence, landing(sequence, "{\"n\":" + sequence + "}")));
          rows.add(new SequencedRow(sequence, event(sequence % 2 == 1 ? EMAIL : SMS, sequence)));
        });
    return new Batch(first, last, rows);
  }

  static Instant at(long sequence) {
    return START.plusSeconds(sequence);
  }

  static LocalDate day(long sequence) {
    return LocalDate.ofInstant(at(sequence), ZoneOffset.UTC);
  }
}
