package dev.hooklake.server.tracking;

import java.time.Duration;

/// How events find their messages, and how long and how many of them wait.
///
/// @param strategy for events whose external id nobody registered
/// @param window how far an event may be from its message's creation, either way (timestamp only)
/// @param waitingRetention how long an unknown external id is kept
/// @param maxWaiting unknown external ids kept; beyond it the oldest are dropped
public record TrackingSettings(
    MappingStrategy strategy, Duration window, Duration waitingRetention, int maxWaiting) {
  public static final TrackingSettings DEFAULT =
      new TrackingSettings(
          MappingStrategy.DATABASE, Duration.ofHours(1), Duration.ofDays(7), 1_000_000);

  public TrackingSettings {
    requirePositive("the timestamp matching window", window);
    requirePositive("the retention of waiting events", waitingRetention);
    if (maxWaiting < 1) {
      throw new IllegalArgumentException(
          "the limit of waiting events is " + maxWaiting + "; give at least 1");
    }
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(what + " is " + duration + "; give a positive time");
    }
  }
}
