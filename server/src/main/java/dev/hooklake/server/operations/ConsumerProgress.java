package dev.hooklake.server.operations;

import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where a consumer of the operations database stands, for status and metrics.
///
/// @param storedThrough the last sequence known to be stored
/// @param gap records that the journal had released before this consumer read them; null when none
/// @param failedAttempts in a row
/// @param lastError why the last attempt failed; null while all is well
/// @param nextAttemptAt null unless backing off
public record ConsumerProgress(
    State state,
    long storedThrough,
    @Nullable Range gap,
    int failedAttempts,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt) {

  /// | state       | what it does                                             |
  /// |-------------|----------------------------------------------------------|
  /// | RUNNING     | reads, decodes, stores                                   |
  /// | BACKING_OFF | waits, then goes on where the database stands            |
  /// | STOPPED     | nothing until a restart: retrying cannot help            |
  /// | CLOSED      | ended with the server                                    |
  public enum State {
    RUNNING,
    BACKING_OFF,
    STOPPED,
    CLOSED
  }
}
