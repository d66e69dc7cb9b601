package dev.hooklake.server.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How many events usually come from a source in each quarter-hour of the week.
///
/// Usual is what came at least that often in half of the last four weeks (the lower median), so one
/// large sending or one outage changes nothing. A source is missing when [#ENOUGH] events that
/// usually come have not come. The quarter-hour of the last event and the one after it do not
/// count, since a batch may come a little earlier than last week.
///
/// So a source that usually sends ten events a quarter-hour is noticed within 45 minutes of its
/// last event, a slower one when ten events are due; hours in which nothing usually comes add
/// nothing.
public final class Rhythm {
  public static final Duration SLOT = Duration.ofMinutes(15);
  public static final int WEEKS = 4;

  /// The chance that as many usual events stay away by themselves is below one in ten thousand.
  public static final int ENOUGH = 10;

  private static final int LEAST_WEEKS = 2;
  private static final int SLOTS_A_DAY = 96;
  private static final int SLOTS_A_WEEK = 7 * SLOTS_A_DAY;

  private final ZoneId zone;
  private final long[] usual;

  private Rhythm(ZoneId zone, long[] usual) {
    this.zone = zone;
    this.usual = usual;
  }

  /// From what came. With less than two weeks of it nothing is usual.
  ///
  /// @param counts events by quarter-hours since the epoch; those without any may be left out
  /// @param zone where the senders' days are
  public static Rhythm of(Map<Long, Long> counts, Instant now, ZoneId zone) {
    long end = slot(now);
    long begin =
        Math.max(
            end - (long) WEEKS * SLOTS_A_WEEK,
            counts.keySet().stream().mapToLong(slot -> slot + 1).min().orElse(end));
    var seen = new ArrayList<List<Long>>();
    for (int i = 0; i < SLOTS_A_WEEK; i++) {
      seen.add(new ArrayList<>());
    }
    for (long slot = begin; slot < end; slot++) {
      seen.get(ofWeek(slot, zone)).add(counts.getOrDefault(slot, 0L));
    }
    boolean enough = end - begin >= (long) LEAST_WEEKS * SLOTS_A_WEEK;
    return new Rhythm(
        zone, seen.stream().mapToLong(weeks -> enough ? lowerMedian(weeks) : 0).toArray());
  }

  /// How many events that usually come have not come since the last one.
  public long missing(Instant lastEvent, Instant now) {
    long end = slot(now);
    long begin = Math.max(slot(lastEvent) + 2, end - SLOTS_A_WEEK);
    long missing = 0;
    for (long slot = begin; slot < end; slot++) {
      missing += usual[ofWeek(slot, zone)];
    }
    return missing;
  }

  private static long lowerMedian(List<Long> counts) {
    long[] sorted = counts.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length < LEAST_WEEKS ? 0 : sorted[(sorted.length - 1) / 2];
  }

  private static long slot(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SLOT.toSeconds());
  }

  private static int ofWeek(long slot, ZoneId zone) {
    ZonedDateTime time = Instant.ofEpochSecond(slot * SLOT.toSeconds()).atZone(zone);
    int day = time.getDayOfWeek().getValue() - 1;
    return day * SLOTS_A_DAY + (time.getHour() * 60 + time.getMinute()) / 15;
  }

  @Override
  public String toString() {
    return Arrays.stream(usual).sum() + " events a week";
  }
}
