package dev.hooklake.server.reconciliation;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps names in the lake's own small table, so that any engine can join them. Commits only when
/// one is new or changed.
public record LakeNames(Lake lake, LakeReader reader, SqlLimits limits, InstantSource clock)
    implements NameKeeper {
  private static final String KNOWN =
      "SELECT kind, id, parent_id, name, coalesce(state, ''), epoch_us(seen_at) FROM "
          + Tables.NAMES.name()
          + " WHERE source = ? ORDER BY kind, id";

  /// A name and since when it is known.
  private record Seen(ProviderName name, Instant at) {}

  @Override
  public void keep(String source, List<ProviderName> names) throws IOException {
    Map<ProviderName.Key, Seen> known = known(source);
    Instant now = clock.instant();
    boolean changed = false;
    for (ProviderName name : names) {
      Seen before = known.get(name.key());
      if (before == null || !before.name().equals(name)) {
        known.put(name.key(), new Seen(name, now));
        changed = true;
      }
    }
    if (changed) {
      List<Row> rows = known.values().stream().map(seen -> row(source, seen)).toList();
      lake.replacePartition(Tables.NAMES, source, rows);
    }
  }

  private Map<ProviderName.Key, Seen> known(String source) throws IOException {
    var known = new Known();
    try (LakeSql tables = LakeSql.open(reader, limits)) {
      tables.query(KNOWN, List.of(source), known);
    }
    return known.byKey;
  }

  private static Row row(String source, Seen seen) {
    ProviderName name = seen.name();
    return Row.in(Tables.NAMES)
        .set("kind", name.kind())
        .set("id", name.id())
        .set("parent_id", name.parentId())
        .set("name", name.name())
        .set("state", name.state().isEmpty() ? null : name.state())
        .set("seen_at", seen.at())
        .set("source", source)
        .build();
  }

  private static final class Known implements ResultReader {
    private final Map<ProviderName.Key, Seen> byKey = new LinkedHashMap<>();

    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {
      var row = new ArrayList<>(values);
      var name =
          new ProviderName(
              String.valueOf(row.get(0)),
              number(row.get(1)),
              number(row.get(2)),
              String.valueOf(row.get(3)),
              String.valueOf(row.get(4)));
      long micros = number(row.get(5));
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
      byKey.put(name.key(), new Seen(name, at));
    }

    private static long number(@Nullable Object value) {
      return value instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void end() {}
  }
}
