package dev.hooklake.server.operations;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Searches every column of every table of an operations database.
public final class DatabaseSearch {
  private DatabaseSearch() {}

  /// The columns, as `table.column`, in which any of the needles stands.
  public static Set<String> columnsWith(Connection connection, List<String> needles)
      throws SQLException {
    Set<String> found = new TreeSet<>();
    for (String column : columns(connection)) {
      int dot = column.indexOf('.');
      String query =
          "SELECT CAST(\"%s\" AS TEXT) FROM %s"
              .formatted(column.substring(dot + 1), column.substring(0, dot));
      if (anyHolds(connection, query, needles)) {
        found.add(column);
      }
    }
    return found;
  }

  private static List<String> columns(Connection connection) throws SQLException {
    List<String> columns = new ArrayList<>();
    DatabaseMetaData data = connection.getMetaData();
    try (ResultSet rows =
        data.getColumns(connection.getCatalog(), connection.getSchema(), "%", "%")) {
      while (rows.next()) {
        String table = rows.getString("TABLE_NAME");
        if (!table.startsWith("sqlite_") && !table.startsWith("pg_")) {
          columns.add(table + "." + rows.getString("COLUMN_NAME"));
        }
      }
    }
    return columns;
  }

  private static boolean anyHolds(Connection connection, String query, List<String> needles)
      throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        String value = rows.getString(1);
        if (value != null && needles.stream().anyMatch(value::contains)) {
          return true;
        }
      }
      return false;
    }
  }
}
