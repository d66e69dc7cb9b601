package dev.hooklake.server.app;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Searches every column of the lake.
public final class LakeSearch {
  private LakeSearch() {}

  /// The columns, as `table.column`, in which any of the needles stands.
  public static Set<String> columnsWith(LakeReader lake, List<String> needles) throws IOException {
    Set<String> found = new TreeSet<>();
    try (LakeSql sql = LakeSql.open(lake, new SqlLimits(1, 256))) {
      for (Table table : Tables.all()) {
        sql.query("SELECT * FROM " + table.name(), List.of(), new Columns(table, needles, found));
      }
    }
    return found;
  }

  private static final class Columns implements ResultReader {
    private final Table table;
    private final List<String> needles;
    private final Set<String> found;
    private final List<String> names = new ArrayList<>();

    Columns(Table table, List<String> needles, Set<String> found) {
      this.table = table;
      this.needles = needles;
      this.found = found;
    }

    @Override
    public void columns(List<String> columns) {
      names.addAll(columns);
    }

    @Override
    public void row(List<Object> values) {
      for (int i = 0; i < values.size(); i++) {
        String text = String.valueOf(values.get(i));
        if (needles.stream().anyMatch(text::contains)) {
          found.add(table.name() + "." + names.get(i));
        }
      }
    }

    @Override
    public void end() {}
  }
}
