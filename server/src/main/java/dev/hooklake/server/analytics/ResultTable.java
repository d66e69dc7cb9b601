package dev.hooklake.server.analytics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer held in memory, as far as its limits go.
///
/// @param cutOff there was more
public record ResultTable(List<String> columns, List<List<@Nullable Object>> rows, boolean cutOff) {
  public ResultTable {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(rows);
  }

  /// Where a column stands.
  public int position(String column) {
    return columns.indexOf(column);
  }

  /// A value by its row and column; null too where there is no such column.
  public @Nullable Object value(int row, String column) {
    int position = position(column);
    return position < 0 ? null : rows.get(row).get(position);
  }

  /// Collects rows until it has enough.
  static final class Collector implements ResultReader {
    private final QueryLimits limits;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();
    private List<String> columns = List.of();
    private long characters;
    private boolean cutOff;

    Collector(QueryLimits limits) {
      this.limits = limits;
    }

    @Override
    public void columns(List<String> names) {
      columns = names;
    }

    /// One row more than wanted tells that there was more.
    @Override
    public boolean wantsMore() {
      return !cutOff;
    }

    @Override
    public void row(List<@Nullable Object> values) {
      for (Object value : values) {
        characters += value instanceof String text ? text.length() : Long.BYTES;
      }
      if (rows.size() >= limits.rows() || characters > limits.characters()) {
        cutOff = true;
      } else {
        rows.add(values);
      }
    }

    @Override
    public void end() {}

    ResultTable table() {
      return new ResultTable(columns, rows, cutOff);
    }
  }
}
