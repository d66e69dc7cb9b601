package dev.hooklake.server.tracking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where tracking stands, for status and metrics.
///
/// @param appliedThrough the last sequence known to be applied
/// @param failedAttempts in a row
/// @param lastError why the last attempt failed; null while all is well
/// @param nextAttemptAt null unless backing off
public record TrackingProgress(
    State state,
    long appliedThrough,
    int failedAttempts,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt) {

  /// | state       | what it does                                             |
  /// |-------------|----------------------------------------------------------|
  /// | RUNNING     | reads, decodes, applies                                  |
  /// | BACKING_OFF | waits, then goes on where the database stands            |
  /// | STOPPED     | nothing until a restart: a record cannot be read         |
  /// | CLOSED      | ended with the server                                    |
  public enum State {
    RUNNING,
    BACKING_OFF,
    STOPPED,
    CLOSED
  }
}
