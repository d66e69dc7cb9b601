package dev.hooklake.sources.event;

/// A column: `required` ones are never null; the comment is written into the table's schema.
public record Column(String name, ColumnType type, boolean required, String comment) {

  static Column required(String name, ColumnType type, String comment) {
    return new Column(name, type, true, comment);
  }

  static Column optional(String name, ColumnType type, String comment) {
    return new Column(name, type, false, comment);
  }
}
