package dev.hooklake.server.pipeline;

import java.time.Duration;

/// When a batch is committed: at its row or byte limit; else `busyWait` after its first record if
/// by then it holds `busyRows`; else `quietWait` after it, so that a trickle does not become a
/// commit each few seconds.
///
/// @param maxRows rows of a batch, over all tables
/// @param maxBytes of a batch as [DecodedSize] counts them, which bounds its memory
public record Cadence(
    int maxRows, long maxBytes, int busyRows, Duration busyWait, Duration quietWait) {

  /// Rows one journal record gives: landing, and channel table or quarantine.
  static final int ROWS_OF_RECORD = 2;

  public static final Cadence DEFAULT =
      new Cadence(50_000, 32L << 20, 2_000, Duration.ofSeconds(5), Duration.ofSeconds(30));

  public Cadence {
    if (maxRows < ROWS_OF_RECORD || maxBytes < 1) {
      throw new IllegalArgumentException(
          "a batch of " + maxRows + " rows and " + maxBytes + " bytes holds no record");
    }
    if (busyWait.isNegative() || quietWait.compareTo(busyWait) < 0) {
      throw new IllegalArgumentException(
          "the wait under load is "
              + busyWait
              + " and at a trickle "
              + quietWait
              + "; give 0 s or more, and not less at a trickle");
    }
  }

  boolean full(int rows, long bytes) {
    return rows + ROWS_OF_RECORD > maxRows || bytes >= maxBytes;
  }

  /// How long a batch of `rows`, whose first record was read `age` ago, still waits.
  Duration remaining(int rows, Duration age) {
    if (age.isNegative()) {
      return Duration.ZERO; // the clock was set back: what waited may have waited long enough
    }
    Duration wait = rows >= busyRows ? busyWait : quietWait;
    Duration left = wait.minus(age);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
