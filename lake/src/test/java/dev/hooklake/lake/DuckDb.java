package dev.hooklake.lake;

import dev.hooklake.lake.TableSnapshot.DataFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads a snapshot's files with an engine that shares no code with ours.
final class DuckDb {
  private DuckDb() {}

  /// Rows as text, columns joined by `|`; `$table` in the query stands for the snapshot.
  static List<String> query(TableSnapshot snapshot, String sql) throws SQLException {
    String files =
        snapshot.files().stream()
            .map(DataFile::path)
            .map(path -> "'" + path.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    String table = "read_parquet([" + files + "], union_by_name = true, hive_partitioning = true)";
    return rows(sql.replace("$table", table));
  }

  static List<String> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement settings = connection.createStatement();
        Statement statement = connection.createStatement();
        ResultSet result = inUtc(settings, statement, sql)) {
      return rows(result);
    }
  }

  private static ResultSet inUtc(Statement settings, Statement statement, String sql)
      throws SQLException {
    settings.execute("SET TimeZone = 'UTC'");
    return statement.executeQuery(sql);
  }

  private static List<String> rows(ResultSet result) throws SQLException {
    var rows = new ArrayList<String>();
    while (result.next()) {
      var row = new ArrayList<String>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(result.getObject(i)));
      }
      rows.add(String.join("|", row));
    }
    return rows;
  }
}
