package dev.hooklake.server.replay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events are replayed: those received from `from` (included) to `to` (not included).
///
/// @param source only this source's, null for every source
public record ReplayRange(Instant from, Instant to, @Nullable String source) {
  public ReplayRange {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("the range is empty: " + from + " is not before " + to);
    }
  }
}
