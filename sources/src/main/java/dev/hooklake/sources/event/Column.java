package dev.hooklake.sources.event;

/// A column: `required` ones are never null; the comment is written into the table's schema.
public record Column(String name, ColumnType type, boolean required, String comment) {}
