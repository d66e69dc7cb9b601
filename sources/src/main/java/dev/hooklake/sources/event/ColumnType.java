package dev.hooklake.sources.event;

/// The types our tables use; every engine that reads Delta knows them.
public enum ColumnType {
  STRING,
  INTEGER,
  LONG,
  DOUBLE,
  BOOLEAN,
  /// Microseconds since the epoch, UTC; an `Instant` in a row.
  TIMESTAMP,
  /// Days since the epoch; a `LocalDate` in a row.
  DATE
}
