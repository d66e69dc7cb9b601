package dev.hooklake.server.analytics;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns JDBC rows into plain values.
final class ResultRows {
  private ResultRows() {}

  static void read(ResultSet rows, ResultReader reader) throws SQLException {
    read(rows, reader, () -> {});
  }

  /// @param check before each row, since a statement whose rows are fetched cannot be cancelled
  static void read(ResultSet rows, ResultReader reader, Runnable check) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      names.add(meta.getColumnLabel(i));
    }
    reader.columns(List.copyOf(names));
    while (reader.wantsMore() && rows.next()) {
      check.run();
      var values = new ArrayList<@Nullable Object>(names.size());
      for (int i = 1; i <= names.size(); i++) {
        values.add(plain(rows, i));
      }
      reader.row(Collections.unmodifiableList(values));
    }
    reader.end();
  }

  private static @Nullable Object plain(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case Number number -> number;
      case OffsetDateTime time -> time.toInstant().toString();
      default -> rows.getString(column);
    };
  }
}
