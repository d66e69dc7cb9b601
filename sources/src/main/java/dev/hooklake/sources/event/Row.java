package dev.hooklake.sources.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a table. Values are `String`, `Integer`, `Long`, `Double`, `Boolean`, `Instant` or
/// `LocalDate`, as the column's type says; null where a column is absent.
public final class Row {
  private final Table table;
  private final @Nullable Object[] values;

  private Row(Table table, @Nullable Object[] values) {
    this.table = table;
    this.values = values;
  }

  public static Builder in(Table table) {
    return new Builder(table);
  }

  public Table table() {
    return table;
  }

  public @Nullable Object value(int position) {
    return values[position];
  }

  public @Nullable Object value(String column) {
    return values[table.position(column)];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row that
        && table.equals(that.table)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /// Table and filled columns only: a row holds personal data.
  @Override
  public String toString() {
    List<String> filled =
        table.columns().stream().map(Column::name).filter(name -> value(name) != null).toList();
    return table.name() + filled;
  }

  /// Collects one row's values and checks them when it is built.
  public static final class Builder {
    private final Table table;
    private final @Nullable Object[] values;

    private Builder(Table table) {
      this.table = table;
      this.values = new Object[table.columns().size()];
    }

    public Builder set(String column, @Nullable Object value) {
      int position = table.position(column);
      if (value != null && !fits(table.columns().get(position).type(), value)) {
        throw new IllegalArgumentException(
            table.name()
                + "."
                + column
                + " takes a "
                + table.columns().get(position).type()
                + ", not a "
                + value.getClass().getSimpleName());
      }
      values[position] = value;
      return this;
    }

    /// What is set so far; null where nothing is.
    public @Nullable Object value(String column) {
      return values[table.position(column)];
    }

    public Row build() {
      for (int i = 0; i < values.length; i++) {
        Column column = table.columns().get(i);
        if (column.required() && values[i] == null) {
          throw new IllegalArgumentException(table.name() + "." + column.name() + " is required");
        }
      }
      return new Row(table, values.clone());
    }

    private static boolean fits(ColumnType type, Object value) {
      return switch (type) {
        case STRING -> value instanceof String;
        case INTEGER -> value instanceof Integer;
        case LONG -> value instanceof Long;
        case DOUBLE -> value instanceof Double;
        case BOOLEAN -> value instanceof Boolean;
        case TIMESTAMP -> value instanceof Instant;
        case DATE -> value instanceof LocalDate;
      };
    }
  }
}
