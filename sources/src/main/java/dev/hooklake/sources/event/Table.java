package dev.hooklake.sources.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table of the lake without any engine's types: `path` is relative to the lake's root.
public record Table(
    String name,
    String path,
    List<Column> columns,
    String partitionColumn,
    Map<String, Integer> positions) {

  public Table {
    columns = List.copyOf(columns);
    positions = Map.copyOf(positions);
  }

  public static Table of(String name, String path, String partitionColumn, List<Column> columns) {
    var positions = new HashMap<String, Integer>();
    for (Column column : columns) {
      if (positions.put(column.name(), positions.size()) != null) {
        throw new IllegalArgumentException("column " + column.name() + " stands twice in " + name);
      }
    }
    if (!columns.get(columns.size() - 1).name().equals(partitionColumn)) {
      throw new IllegalArgumentException(name + " must end with its column " + partitionColumn);
    }
    return new Table(name, path, columns, partitionColumn, positions);
  }

  public boolean has(String column) {
    return positions.containsKey(column);
  }

  /// Where a column stands; fails for a name the table does not have.
  public int position(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("table " + name + " has no column " + column);
    }
    return position;
  }
}
