package dev.hooklake.server.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where maintenance stands, for status and metrics.
///
/// @param table being worked on; null between rounds
/// @param lastRoundAt when the last round ended, whether or not it failed; null before the first
/// @param failedRounds in a row
/// @param lastError why the last round failed; null while all is well
/// @param nextRoundAt null while one is under way
public record MaintenanceProgress(
    State state,
    @Nullable String table,
    @Nullable Instant lastRoundAt,
    int failedRounds,
    @Nullable String lastError,
    @Nullable Instant nextRoundAt) {

  /// | state       | what it does                                                        |
  /// |-------------|---------------------------------------------------------------------|
  /// | IDLE        | waits for its next round                                            |
  /// | WORKING     | goes through the tables                                             |
  /// | RESTING     | leaves the machine to the events that arrive, between two steps     |
  /// | YIELDING    | the lake lags or cannot be written: waits until it does not, or 4 h |
  /// | BACKING_OFF | a step failed: waits longer each time before the next round         |
  /// | CLOSED      | ended with the server                                               |
  public enum State {
    IDLE,
    WORKING,
    RESTING,
    YIELDING,
    BACKING_OFF,
    CLOSED
  }

  static MaintenanceProgress idleUntil(Instant nextRoundAt) {
    return new MaintenanceProgress(State.IDLE, null, null, 0, null, nextRoundAt);
  }

  MaintenanceProgress working(State state, String onTable) {
    return new MaintenanceProgress(state, onTable, lastRoundAt, failedRounds, lastError, null);
  }

  MaintenanceProgress waiting(State state, Instant until) {
    return new MaintenanceProgress(state, null, lastRoundAt, failedRounds, lastError, until);
  }
}
