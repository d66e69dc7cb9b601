package dev.hooklake.server.forwarding;

import java.time.Duration;
import java.util.List;

/// Where events are sent on to, and how patiently.
public record ForwardingSettings(
    List<Destination> destinations, Patience patience, Limits limits, Breaking breaking) {

  public ForwardingSettings {
    destinations = List.copyOf(destinations);
  }

  /// Of one event.
  ///
  /// @param timeout of one attempt
  /// @param firstRetry after the first failure; doubled with each further one
  /// @param longestRetry the longest wait between two attempts
  /// @param giveUpAfter since the event was queued; then it is a dead letter
  public record Patience(
      Duration timeout, Duration firstRetry, Duration longestRetry, Duration giveUpAfter) {
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofHours(6), Duration.ofDays(3));

    public Patience {
      if (longestRetry.compareTo(firstRetry) < 0) {
        throw new IllegalArgumentException(
            "the longest wait before a retry is shorter than the first; give a longer one");
      }
    }
  }

  /// How much may be under way, wait and be kept.
  ///
  /// @param parallel requests at a time to one destination
  /// @param maxWaiting events that wait for one destination; beyond it, new ones are not queued for
  ///   it and counted
  /// @param deadLetterRetention how long dead letters are kept
  public record Limits(int parallel, long maxWaiting, Duration deadLetterRetention) {
    public static final Limits DEFAULT = new Limits(8, 1_000_000, Duration.ofDays(30));
  }

  /// When a destination is left alone for a while.
  ///
  /// @param failures in a row after which a destination is left alone
  /// @param pause for how long, before one event is tried again
  public record Breaking(int failures, Duration pause) {
    public static final Breaking DEFAULT = new Breaking(10, Duration.ofMinutes(1));
  }
}
