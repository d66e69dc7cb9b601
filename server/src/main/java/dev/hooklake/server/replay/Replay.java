package dev.hooklake.server.replay;

import dev.hooklake.lake.Lake;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.replay.ReplayReport.Move;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/// Makes channel tables and quarantine equal to what today's decoders say of the landing table.
///
/// Goes through landing window by window, compares what each event should be with what is there,
/// and replaces only what differs. So a replay that was broken off is simply run again, a second
/// one changes nothing, and a server may run beside it: what lands meanwhile is not touched.
public final class Replay {
  private final LakeSql before;
  private final Lake lake;
  private final InstantSource clock;
  private final RecordDecoder decoder;
  private final Map<String, Source> sources;

  /// Compares `before`, a snapshot of the lake, with the decoders and changes `lake`.
  public Replay(LakeSql before, Lake lake, List<Source> sources, InstantSource clock) {
    this.before = before;
    this.lake = lake;
    this.clock = clock;
    this.sources = sources.stream().collect(Collectors.toMap(Source::name, Function.identity()));
    this.decoder = new RecordDecoder(this.sources);
  }

  /// Replays one range, once.
  ///
  /// @param dryRun changes nothing, only says what would change
  /// @param examined told after each window how many landing rows have been compared so far
  public ReplayReport run(ReplayRange range, boolean dryRun, LongConsumer examined)
      throws IOException {
    var counts = new Counts();
    for (ReplayRange window : LandingWindows.of(before, range)) {
      WindowChanges changes = compare(window, counts);
      if (!dryRun) {
        changes.apply(lake, window);
      }
      examined.accept(counts.examined);
    }
    return new ReplayReport(counts.examined, counts.skipped, counts.moves);
  }

  private WindowChanges compare(ReplayRange window, Counts counts) {
    Map<Replacement.Key, Row> expected = expected(window, counts);
    Map<Replacement.Key, List<Row>> found = found(window);
    var changes = new WindowChanges();
    expected.forEach((key, row) -> {
      List<Row> there = found.getOrDefault(key, List.of());
      if (there.size() != 1 || !DerivedRows.sayTheSame(there.getFirst(), row)) {
        changes.add(key, row, there);
        counts.moves.merge(move(there, row), 1L, Long::sum);
      }
    });
    return changes;
  }

  private Map<Replacement.Key, Row> expected(ReplayRange window, Counts counts) {
    Instant now = clock.instant();
    Map<Replacement.Key, Row> expected = new HashMap<>();
    TableRows.read(
        before,
        Tables.LANDING,
        window,
        landing -> {
          Replacement.Key key = DerivedRows.key(landing);
          if (sources.containsKey(key.source())) {
            long sequence = (Long) DerivedRows.present(landing, "journal_position");
            expected.put(key, decoder.derived(LandingRows.event(landing), sequence, now));
            counts.examined++;
          } else {
            counts.skipped++;
          }
        });
    return expected;
  }

  private Map<Replacement.Key, List<Row>> found(ReplayRange window) {
    Map<Replacement.Key, List<Row>> found = new HashMap<>();
    for (Table table : Tables.all()) {
      if (!table.equals(Tables.LANDING)) {
        TableRows.read(
            before,
            table,
            window,
            row -> found.computeIfAbsent(DerivedRows.key(row), _ -> new ArrayList<>()).add(row));
      }
    }
    return found;
  }

  private static Move move(List<Row> there, Row expected) {
    String from =
        there.stream().map(row -> row.table().name()).sorted().collect(Collectors.joining(" + "));
    return new Move(from.isEmpty() ? "nothing" : from, expected.table().name());
  }

  private static final class Counts {
    private final Map<Move, Long> moves = new HashMap<>();
    private long examined;
    private long skipped;
  }
}
