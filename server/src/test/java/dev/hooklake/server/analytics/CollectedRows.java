package dev.hooklake.server.analytics;

import java.util.ArrayList;
import java.util.List;

/// A whole result in memory.
final class CollectedRows implements ResultReader {
  final List<String> columns = new ArrayList<>();
  final List<List<Object>> rows = new ArrayList<>();

  @Override
  public void columns(List<String> names) {
    columns.addAll(names);
  }

  @Override
  public void row(List<Object> values) {
    rows.add(values);
  }

  @Override
  public void end() {}
}
