package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes the rows of several Parquet files into one, in the order in which they are asked for: by
/// metric and time in channel tables, by time of arrival elsewhere.
///
/// DuckDB does it, on one thread and within a bounded memory; beyond that it sorts on disk, in the
/// scratch directory.
final class SortedMerge {
  /// Each row group of the result has its own ranges of values; a smaller one is skipped more
  /// often.
  private static final int ROW_GROUP_ROWS = 50_000;

  private static final Map<DataType, String> TYPES =
      Map.of(
          StringType.STRING, "VARCHAR",
          IntegerType.INTEGER, "INTEGER",
          LongType.LONG, "BIGINT",
          DoubleType.DOUBLE, "DOUBLE",
          BooleanType.BOOLEAN, "BOOLEAN",
          TimestampType.TIMESTAMP, "TIMESTAMPTZ",
          DateType.DATE, "DATE");

  private final Table table;
  private final StructType schema;
  private final int memoryMebibytes;

  /// @param schema of the files, without the partition column
  SortedMerge(Table table, StructType schema, int memoryMebibytes) {
    this.table = table;
    this.schema = schema;
    this.memoryMebibytes = memoryMebibytes;
    for (StructField field : schema.fields()) {
      if (!TYPES.containsKey(field.getDataType())) {
        throw new TableRefused(
            "%s.%s is a %s, which compaction does not copy; the table's files stay as they are"
                .formatted(table.name(), field.getName(), field.getDataType()));
      }
    }
  }

  /// @param spill where sorting goes when memory is used up
  /// @throws MergeTooLarge when memory does not do, since rows are as long as bodies may be
  void write(List<Path> files, Path target, Path spill) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '" + memoryMebibytes + "MiB'");
      statement.execute("SET temp_directory = " + quoted(spill));
      statement.execute(
          "COPY (SELECT %s FROM (%s UNION ALL BY NAME SELECT * FROM %s) ORDER BY %s) TO %s %s"
              .formatted(names(), typed(), source(files), order(), quoted(target), format()));
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private String names() {
    return schema.fields().stream()
        .map(field -> identifier(field.getName()))
        .collect(Collectors.joining(", "));
  }

  /// No rows, all columns: files from before a column have it too, and other writers' timestamps
  /// become ours.
  private String typed() {
    return schema.fields().stream()
        .map(field ->
            "CAST(NULL AS %s) AS %s"
                .formatted(TYPES.get(field.getDataType()), identifier(field.getName())))
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  private static String source(List<Path> files) {
    return files.stream()
        .map(SortedMerge::quoted)
        .collect(
            Collectors.joining(
                ", ", "read_parquet([", "], union_by_name = true, hive_partitioning = false)"));
  }

  private String order() {
    List<String> wanted =
        table.has("metric") ? List.of("metric", "occurred_at") : List.of("received_at");
    return wanted.stream().map(SortedMerge::identifier).collect(Collectors.joining(", "));
  }

  private static String format() {
    return "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP_ROWS + ")";
  }

  private IOException failure(SQLException e) {
    String kind = kind(e);
    String message = "DuckDB failed to merge files of " + table.name() + ": " + kind;
    // DuckDB calls a full disk that too.
    boolean disk = String.valueOf(e.getMessage()).contains("failed to offload");
    return kind.equals("Out of Memory Error") && !disk
        ? new MergeTooLarge(message, e)
        : new IOException(message, e);
  }

  /// The kind only: the rest may quote a row.
  private static String kind(SQLException e) {
    return String.valueOf(e.getMessage()).replaceFirst("(?s)^(\\w+ Error|[^:]{0,40}).*", "$1");
  }

  private static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }
}
