package dev.hooklake.server.analytics;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds one event in the lake by its key.
@FunctionalInterface
public interface EventLookup {

  /// Empty when the lake, as it can be read now, has no such event; fails when it cannot be read.
  Optional<LandedEvent> find(String source, String eventKey) throws IOException;

  /// Where an event is in the lake.
  ///
  /// @param table the channel table that has its row, or `quarantine`
  /// @param tableVersion the Delta version of that table in which it was found
  /// @param reason why it is in quarantine; null where it was understood
  /// @param message what the decoder expected; null where it was understood
  record LandedEvent(
      String table,
      long tableVersion,
      Instant receivedAt,
      long journalPosition,
      @Nullable String reason,
      @Nullable String message) {}
}
