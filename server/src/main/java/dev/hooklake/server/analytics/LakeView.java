package dev.hooklake.server.analytics;

import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Table;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The SQL that shows one table's data files under the table's name.
///
/// @param version of the table; -1 when it does not exist yet
/// @param select reads all its rows
record LakeView(String name, long version, List<Path> files, String select) {
  static final long NO_VERSION = -1;

  LakeView {
    files = List.copyOf(files);
  }

  static LakeView of(Table table, Optional<TableSnapshot> snapshot) {
    List<Path> files =
        snapshot.map(TableSnapshot::files).orElse(List.of()).stream()
            .map(file -> localPath(file.path()))
            .toList();
    String columns =
        table.columns().stream()
            .map(column -> identifier(column.name()))
            .collect(Collectors.joining(", "));
    String select = "SELECT %s FROM (%s%s)".formatted(columns, noRows(table), rows(table, files));
    long version = snapshot.map(TableSnapshot::version).orElse(NO_VERSION);
    return new LakeView(table.name(), version, files, select);
  }

  String definition() {
    return "CREATE VIEW " + identifier(name) + " AS " + select;
  }

  /// The same for one connection, in place of what was shown before.
  String temporary() {
    return "CREATE OR REPLACE TEMP VIEW " + identifier(name) + " AS " + select;
  }

  /// Gives every column its type even where there are no files, or only files from before it.
  private static String noRows(Table table) {
    return table.columns().stream()
        .map(column -> "CAST(NULL AS %s) AS %s".formatted(type(column), identifier(column.name())))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private static String rows(Table table, List<Path> files) {
    if (files.isEmpty()) {
      return "";
    }
    String list = quotedList(files);
    return """
     UNION ALL BY NAME SELECT * FROM read_parquet(%s,
    union_by_name = true, hive_partitioning = true, hive_types = {%s: %s})\
    """
        .formatted(list, quoted(table.partitionColumn()), partitionType(table));
  }

  private static String partitionType(Table table) {
    return type(table.columns().get(table.position(table.partitionColumn())));
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case STRING -> "VARCHAR";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMPTZ";
      case DATE -> "DATE";
    };
  }

  private static Path localPath(String path) {
    if (path.startsWith("/")) {
      return Path.of(path);
    }
    throw new SqlFailure(
        "this lake is in "
            + URI.create(path).getScheme()
            + ": storage, and SQL here reads local files only. Any engine that knows Delta can"
            + " read it: Spark, Databricks, Trino, or DuckDB with its delta extension.");
  }

  static String quotedList(List<Path> files) {
    return files.stream()
        .map(file -> quoted(file.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
