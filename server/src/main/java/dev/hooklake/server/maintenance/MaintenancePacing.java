package dev.hooklake.server.maintenance;

import java.time.Duration;

/// How much of the machine maintenance takes.
///
/// @param interval from the end of a round to the start of the next
/// @param cleanInterval from one look for unneeded files, which lists every directory, to the next
public record MaintenancePacing(Duration interval, Duration cleanInterval) {
  /// Beside a stream of events it works an eighth of the time of one thread: measured, the events'
  /// rate stays while files are merged (docs/PERFORMANCE.md).
  private static final int REST_FOR_WORK = 7;

  private static final Duration LONGEST_REST = Duration.ofMinutes(2);
  private static final double BUSY_EVENTS_PER_SECOND = 50;

  /// A lake that lags day and night still gets a round now and then: small files and days past
  /// their retention would otherwise grow without bound.
  static final Duration LONGEST_WITHOUT_ROUND = Duration.ofHours(4);

  public MaintenancePacing {
    if (!interval.isPositive() || !cleanInterval.isPositive()) {
      throw new IllegalArgumentException(
          "maintenance looks every " + interval + " and " + cleanInterval + "; give more than 0 s");
    }
  }

  /// Whether a round is left out for the sake of a lake that is behind.
  ///
  /// @param sinceRound since the last round ended, or since the start
  boolean standsBack(boolean behind, Duration sinceRound) {
    return behind && sinceRound.compareTo(LONGEST_WITHOUT_ROUND) < 0;
  }

  /// How long to rest after a step that took `worked`, in which so many events arrived.
  Duration rest(Duration worked, long events) {
    boolean busy = events * 1000.0 > BUSY_EVENTS_PER_SECOND * worked.toMillis();
    if (!busy || !worked.isPositive()) {
      return Duration.ZERO;
    }
    Duration rest = worked.multipliedBy(REST_FOR_WORK);
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }
}
