package dev.hooklake.server.sinks;

import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import dev.hooklake.server.sinks.SinkColumn.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/// The statements for one table of one product.
///
/// @param quote what stands around names
record Dialect(JdbcTarget target, String quote) {

  String create() {
    String columns =
        SinkColumn.ALL.stream()
            .map(column -> name(column) + " " + type(column) + (isKey(column) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    return "CREATE TABLE IF NOT EXISTS "
        + target.table()
        + " ("
        + columns
        + ", PRIMARY KEY ("
        + names(SinkColumn.ALL.stream().filter(Dialect::isKey).toList(), "")
        + "))";
  }

  String nothing() {
    return "SELECT * FROM " + target.table() + " WHERE 1 = 0";
  }

  String add(SinkColumn column) {
    return "ALTER TABLE " + target.table() + " ADD COLUMN " + name(column) + " " + type(column);
  }

  /// Takes the values of all columns in their order.
  String upsert() {
    return target.upsert() == Upsert.MERGE ? merge() : onConflict();
  }

  private String onConflict() {
    String values = SinkColumn.ALL.stream().map(this::parameter).collect(Collectors.joining(", "));
    return "INSERT INTO "
        + target.table()
        + " ("
        + names(SinkColumn.ALL, "")
        + ") VALUES ("
        + values
        + ") ON CONFLICT ("
        + names(SinkColumn.ALL.stream().filter(Dialect::isKey).toList(), "")
        + ") DO UPDATE SET "
        + assignments("excluded.");
  }

  private String merge() {
    String incoming =
        SinkColumn.ALL.stream()
            .map(column -> parameter(column) + " AS " + name(column))
            .collect(Collectors.joining(", "));
    String same =
        SinkColumn.ALL.stream()
            .filter(Dialect::isKey)
            .map(column -> "present." + name(column) + " = incoming." + name(column))
            .collect(Collectors.joining(" AND "));
    return "MERGE INTO "
        + target.table()
        + " AS present USING (SELECT "
        + incoming
        + ") AS incoming ON ("
        + same
        + ") WHEN MATCHED THEN UPDATE SET "
        + assignments("incoming.")
        + " WHEN NOT MATCHED THEN INSERT ("
        + names(SinkColumn.ALL, "")
        + ") VALUES ("
        + names(SinkColumn.ALL, "incoming.")
        + ")";
  }

  /// When it was first sent stays as it is.
  private String assignments(String from) {
    return SinkColumn.ALL.stream()
        .filter(column -> !isKey(column) && column != SinkColumn.INSERTED_AT)
        .map(column -> name(column) + " = " + from + name(column))
        .collect(Collectors.joining(", "));
  }

  /// In a MERGE nothing else tells the product what a null is.
  private String parameter(SinkColumn column) {
    boolean plain = target.upsert() == Upsert.ON_CONFLICT && column.kind() != Kind.JSON;
    return plain ? "?" : "CAST(? AS " + type(column) + ")";
  }

  /// A time as the product's driver takes it: SQLite has no type for it.
  Object time(Instant instant) {
    return switch (target.product()) {
      case "jdbc:postgresql" -> instant.atOffset(ZoneOffset.UTC);
      case "jdbc:sqlite" -> instant.toString();
      default -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    };
  }

  private String type(SinkColumn column) {
    boolean postgres = target.product().equals("jdbc:postgresql");
    return switch (column.kind()) {
      case KEY -> postgres ? "TEXT" : "VARCHAR(512)";
      case TEXT -> "TEXT";
      case NUMBER -> "BIGINT";
      case TIME -> postgres ? "TIMESTAMPTZ" : "TIMESTAMP";
      case JSON -> postgres ? "JSONB" : "TEXT";
    };
  }

  private String names(List<SinkColumn> columns, String prefix) {
    return columns.stream().map(one -> prefix + name(one)).collect(Collectors.joining(", "));
  }

  private String name(SinkColumn column) {
    return quote + column.label() + quote;
  }

  private static boolean isKey(SinkColumn column) {
    return column.kind() == Kind.KEY;
  }
}
