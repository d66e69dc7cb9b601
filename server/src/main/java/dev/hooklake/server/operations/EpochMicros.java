package dev.hooklake.server.operations;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Instant;

/// How times are stored: whole microseconds since the epoch, UTC, in a `BIGINT`.
///
/// Both engines compare and order such numbers alike, no session time zone can bend them, and they
/// are as fine as the lake's timestamps.
public final class EpochMicros {

  private EpochMicros() {}

  public static long of(Instant instant) {
    return MICROS.between(Instant.EPOCH, instant);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, MICROS);
  }
}
