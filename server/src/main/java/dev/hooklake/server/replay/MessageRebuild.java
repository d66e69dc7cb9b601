package dev.hooklake.server.replay;

import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.tracking.MessageHistory;
import dev.hooklake.server.tracking.MessageHistory.Applied;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/// Applies what is in the landing table to the messages, window by window.
///
/// Applying an event twice changes nothing, so a rebuild that was broken off is run again, and a
/// server may be tracking meanwhile.
public final class MessageRebuild {
  private final LakeSql lake;
  private final RecordDecoder decoder;
  private final MessageHistory messages;
  private final InstantSource clock;

  /// Reads `lake`, a snapshot, with the decoders of `sources`; events of others tell nothing.
  public MessageRebuild(
      LakeSql lake, List<Source> sources, MessageHistory messages, InstantSource clock) {
    this.lake = lake;
    this.decoder =
        new RecordDecoder(
            sources.stream().collect(Collectors.toMap(Source::name, Function.identity())));
    this.messages = messages;
    this.clock = clock;
  }

  /// Applies one range.
  ///
  /// @param examined told after each window how many landing rows have been read so far
  public Applied run(ReplayRange range, LongConsumer examined) {
    var total = new Applied(0, 0, 0);
    for (ReplayRange window : LandingWindows.of(lake, range)) {
      total = total.plus(messages.apply(rows(window)));
      examined.accept(total.events());
    }
    return total;
  }

  private List<Row> rows(ReplayRange window) {
    Instant now = clock.instant();
    List<Row> rows = new ArrayList<>();
    TableRows.read(
        lake,
        Tables.LANDING,
        window,
        landing -> {
          long sequence = (Long) DerivedRows.present(landing, "journal_position");
          rows.add(decoder.derived(LandingRows.event(landing), sequence, now));
        });
    return rows;
  }
}
