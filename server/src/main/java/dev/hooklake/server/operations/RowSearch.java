package dev.hooklake.server.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// Looks through rows one at a time: all of them may be more than the memory takes.
public final class RowSearch {
  private static final int ROWS_AT_A_TIME = 500;

  private RowSearch() {}

  /// What is made of each row in which one of the values is as asked for. Within a transaction of
  /// the caller: without one PostgreSQL sends all rows at once.
  public static <T> Set<T> find(
      Handle handle, String query, Predicate<String> asked, RowMapper<T> made) {
    Set<T> found = new LinkedHashSet<>();
    try (var rows =
        handle
            .createQuery(query)
            .setFetchSize(ROWS_AT_A_TIME)
            .map((row, context) ->
                holds(row, asked) ? Optional.of(made.map(row, context)) : Optional.<T>empty())
            .stream()) {
      rows.flatMap(Optional::stream).forEach(found::add);
    }
    return found;
  }

  private static boolean holds(ResultSet row, Predicate<String> asked) throws SQLException {
    int columns = row.getMetaData().getColumnCount();
    for (int column = 1; column <= columns; column++) {
      String value = row.getString(column);
      if (value != null && asked.test(value)) {
        return true;
      }
    }
    return false;
  }
}
