package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A source with a weekly rhythm: busy by day, nothing by night, little at the weekend.
final class RhythmTest {
  private static final long SEED = 20260105;
  private static final Duration STEP = Duration.ofMinutes(5);
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");

  @Test
  void noAlertOnOrdinaryNightsAndWeekends() {
    Traffic traffic = Traffic.of(ZoneOffset.UTC, 6);
    for (Instant now = weeks(4); now.isBefore(weeks(6)); now = now.plus(STEP)) {
      assertThat(missing(traffic, now, ZoneOffset.UTC)).as("at %s", now).isLessThan(Rhythm.ENOUGH);
    }
  }

  @Test
  void aSourceThatFallsSilentAtNoonIsNoticedWithin45Minutes() {
    Traffic traffic = Traffic.of(ZoneOffset.UTC, 6);
    Instant silentFrom = weeks(5).plus(Duration.ofHours(12).plusMinutes(7));

    Instant noticed = noticed(traffic.until(silentFrom), silentFrom);

    assertThat(Duration.between(silentFrom, noticed)).isLessThanOrEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void aSourceThatFallsSilentAtNightIsNoticedInTheMorning() {
    Traffic traffic = Traffic.of(ZoneOffset.UTC, 6);
    Instant silentFrom = weeks(5).plus(Duration.ofHours(22));
    Instant morning = weeks(5).plus(Duration.ofDays(1)).plus(Duration.ofMinutes(450));

    Instant noticed = noticed(traffic.until(silentFrom), silentFrom);

    assertThat(noticed).isBetween(morning, morning.plus(Duration.ofMinutes(45)));
  }

  @Test
  void withoutTwoWeeksOfHistoryNothingIsUsual() {
    Traffic traffic = Traffic.of(ZoneOffset.UTC, 1);

    assertThat(missing(traffic, weeks(2), ZoneOffset.UTC)).isZero();
  }

  @Test
  void oneOutageInFourWeeksDoesNotHideTheNext() {
    Traffic traffic = Traffic.of(ZoneOffset.UTC, 6);
    Instant noon = weeks(5).plus(Duration.ofHours(12));
    Traffic withOutage =
        traffic.without(noon.minus(Duration.ofDays(7)), noon.minus(Duration.ofDays(6)));

    Instant noticed = noticed(withOutage.until(noon), noon);

    assertThat(Duration.between(noon, noticed)).isLessThanOrEqualTo(Duration.ofMinutes(45));
  }

  @Test
  void inTheSendersTimeZoneTheChangeToSummerTimeIsNoSilence() {
    Instant change = Instant.parse("2026-03-29T01:00:00Z");
    Traffic traffic = Traffic.of(LISBON, 14);
    for (Instant now = change.minus(Duration.ofDays(2));
        now.isBefore(change.plus(Duration.ofDays(5)));
        now = now.plus(STEP)) {
      assertThat(missing(traffic, now, LISBON)).as("at %s", now).isLessThan(Rhythm.ENOUGH);
    }
  }

  private static Instant noticed(Traffic traffic, Instant from) {
    Instant now = from;
    while (missing(traffic, now, ZoneOffset.UTC) < Rhythm.ENOUGH) {
      now = now.plus(Duration.ofMinutes(1));
      assertThat(now).as("it is noticed at all").isBefore(from.plus(Duration.ofDays(2)));
    }
    return now;
  }

  private static long missing(Traffic traffic, Instant now, ZoneId zone) {
    return traffic.rhythm(now, zone).missing(traffic.lastBefore(now), now);
  }

  private static Instant weeks(int weeks) {
    return START.plus(Duration.ofDays(7L * weeks));
  }

  /// Events by minutes since the epoch, and the rhythms learnt of them, a new one every hour.
  private record Traffic(Map<Long, Integer> events, Map<Instant, Rhythm> rhythms) {

    Traffic(Map<Long, Integer> events) {
      this(events, new HashMap<>());
    }

    Rhythm rhythm(Instant now, ZoneId zone) {
      return rhythms.computeIfAbsent(
          now.truncatedTo(ChronoUnit.HOURS), hour -> Rhythm.of(slotsIn(hour), hour, zone));
    }

    static Traffic of(ZoneId zone, int weeks) {
      var random = new Random(SEED);
      Map<Long, Integer> events = new HashMap<>();
      long begin = START.getEpochSecond() / 60;
      for (long minute = begin; minute < begin + weeks * 7L * 24 * 60; minute++) {
        ZonedDateTime time = Instant.ofEpochSecond(minute * 60).atZone(zone);
        if (random.nextDouble() < chance(time)) {
          events.put(minute, 1 + random.nextInt(5));
        }
      }
      return new Traffic(events);
    }

    private static double chance(ZonedDateTime time) {
      LocalTime day = time.toLocalTime();
      if (day.isBefore(LocalTime.of(7, 30)) || day.isAfter(LocalTime.of(20, 0))) {
        return 0;
      }
      boolean weekend = time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
      return weekend ? 0.02 : 0.8;
    }

    Traffic until(Instant end) {
      return without(end, Instant.MAX);
    }

    Traffic without(Instant from, Instant to) {
      Map<Long, Integer> rest = new HashMap<>(events);
      rest.keySet()
          .removeIf(minute -> {
            Instant at = Instant.ofEpochSecond(minute * 60);
            return !at.isBefore(from) && at.isBefore(to);
          });
      return new Traffic(rest);
    }

    Map<Long, Long> slotsIn(Instant now) {
      long end = now.getEpochSecond() / 60;
      long begin = end - 28 * 24 * 60;
      Map<Long, Long> slots = new HashMap<>();
      events.forEach((minute, count) -> {
        if (minute >= begin && minute < end) {
          slots.merge(minute / 15, (long) count, Long::sum);
        }
      });
      return slots;
    }

    Instant lastBefore(Instant now) {
      long minute = now.getEpochSecond() / 60 - 1;
      while (!events.containsKey(minute)) {
        minute--;
      }
      return Instant.ofEpochSecond(minute * 60);
    }
  }
}
