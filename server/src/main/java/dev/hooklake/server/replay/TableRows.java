package dev.hooklake.server.replay;

import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a table's rows of a range back as rows of the event model.
final class TableRows implements ResultReader {
  private final Table table;
  private final Consumer<Row> rows;
  private List<String> names = List.of();

  TableRows(Table table, Consumer<Row> rows) {
    this.table = table;
    this.rows = rows;
  }

  static void read(LakeSql lake, Table table, ReplayRange range, Consumer<Row> rows) {
    String key = table.positions().containsKey("event_key") ? "event_key" : "event_id";
    lake.query(
        "SELECT * FROM " + table.name() + " WHERE " + range.condition(key),
        range.values(),
        new TableRows(table, rows));
  }

  @Override
  public void columns(List<String> names) {
    this.names = names;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    Row.Builder row = Row.in(table);
    for (int i = 0; i < names.size(); i++) {
      Object value = values.get(i);
      if (value != null) {
        Column column = table.columns().get(table.position(names.get(i)));
        row.set(column.name(), typed(column, value));
      }
    }
    rows.accept(row.build());
  }

  @Override
  public void end() {}

  private static Object typed(Column column, Object plain) {
    return switch (column.type()) {
      case STRING, BOOLEAN -> plain;
      case INTEGER -> ((Number) plain).intValue();
      case LONG -> ((Number) plain).longValue();
      case DOUBLE -> ((Number) plain).doubleValue();
      case TIMESTAMP -> Instant.parse((String) plain);
      case DATE -> LocalDate.parse((String) plain);
    };
  }
}
