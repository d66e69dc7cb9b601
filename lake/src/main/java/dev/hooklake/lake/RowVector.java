package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// One column of a list of rows, as Kernel reads it while it writes Parquet: once a value, in order
/// of the rows, only after `isNullAt` said no.
final class RowVector implements ColumnVector {
  static final int ABSENT = -1;

  private final List<Row> rows;
  private final int position;
  private final DataType type;

  RowVector(List<Row> rows, int position, DataType type) {
    this.rows = rows;
    this.position = position;
    this.type = type;
  }

  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return rows.size();
  }

  @Override
  public boolean isNullAt(int row) {
    return position == ABSENT || rows.get(row).value(position) == null;
  }

  @Override
  public boolean getBoolean(int row) {
    return (Boolean) value(row);
  }

  /// Integers, and dates as days since the epoch.
  @Override
  public int getInt(int row) {
    return switch (value(row)) {
      case Integer number -> number;
      case LocalDate date -> Math.toIntExact(date.toEpochDay());
      case Object other -> throw unexpected(other);
    };
  }

  /// Longs, and timestamps as microseconds since the epoch.
  @Override
  public long getLong(int row) {
    return switch (value(row)) {
      case Long number -> number;
      case Instant instant -> micros(instant);
      case Object other -> throw unexpected(other);
    };
  }

  @Override
  public double getDouble(int row) {
    return (Double) value(row);
  }

  @Override
  public String getString(int row) {
    return (String) value(row);
  }

  @Override
  public void close() {}

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
  }

  private Object value(int row) {
    Object value = rows.get(row).value(position);
    if (value == null) {
      throw new IllegalStateException("row " + row + " has no value at " + position);
    }
    return value;
  }

  private IllegalStateException unexpected(Object value) {
    return new IllegalStateException(
        "a " + value.getClass().getSimpleName() + " does not fit " + type);
  }
}
