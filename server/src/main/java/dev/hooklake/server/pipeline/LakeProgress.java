package dev.hooklake.server.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where the lake consumer stands, for status, metrics and the outcome of an event that has not
/// landed yet.
///
/// @param landedThrough the last sequence known to be in the lake, -1 until the lake was asked
/// @param pendingRecords read from the journal and not committed yet
/// @param oldestPendingAt when the first of these was stored; null when there are none
/// @param failedAttempts in a row
/// @param lastError why the last attempt failed; null while all is well
/// @param nextAttemptAt null unless backing off
/// @param lastCommitAt null until the first commit
public record LakeProgress(
    State state,
    long landedThrough,
    int pendingRecords,
    @Nullable Instant oldestPendingAt,
    int failedAttempts,
    @Nullable String lastError,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant lastCommitAt) {

  /// | state       | what it does                                                        |
  /// |-------------|---------------------------------------------------------------------|
  /// | STARTING    | asks the lake where to go on                                        |
  /// | RUNNING     | reads, decodes, commits                                             |
  /// | BACKING_OFF | waits, then commits the same batch again                            |
  /// | STOPPED     | nothing until a restart: retrying cannot help; the journal fills up |
  /// | CLOSED      | ended with the server                                               |
  public enum State {
    STARTING,
    RUNNING,
    BACKING_OFF,
    STOPPED,
    CLOSED
  }

  static final LakeProgress START =
      new LakeProgress(State.STARTING, -1, 0, null, 0, null, null, null);
}
