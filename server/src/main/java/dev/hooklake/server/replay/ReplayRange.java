package dev.hooklake.server.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which events are replayed: those received from `from` (included) to `to` (not included).
///
/// @param source only this source's, null for every source
/// @param reason only those that are in quarantine for it, null for all
public record ReplayRange(
    Instant from, Instant to, @Nullable String source, @Nullable String reason) {
  public ReplayRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("the range is empty: " + from + " is not before " + to);
    }
  }

  public ReplayRange(Instant from, Instant to, @Nullable String source) {
    this(from, to, source, null);
  }

  /// The same choice within another time.
  ReplayRange within(Instant start, Instant end) {
    return new ReplayRange(start, end, source, reason);
  }

  /// What a row must fulfil; its `?` stand for `values`, in order.
  ///
  /// @param keyColumn the one that holds the event key
  String condition(String keyColumn) {
    return "received_at >= CAST(? AS TIMESTAMPTZ) AND received_at < CAST(? AS TIMESTAMPTZ)"
        + (source == null ? "" : " AND source = ?")
        + (reason == null
            ? ""
            : " AND (source, "
                + keyColumn
                + ") IN (SELECT (source, event_key) FROM quarantine WHERE reason = ?)");
  }

  List<String> values() {
    var values = new ArrayList<>(List.of(from.toString(), to.toString()));
    if (source != null) {
      values.add(source);
    }
    if (reason != null) {
      values.add(reason);
    }
    return values;
  }
}
