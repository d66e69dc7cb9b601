package dev.hooklake.providers.customerio;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The steps of a series in one zone: hours, days from midnight, weeks from Sunday, months from the
/// first.
record Steps(Resolution resolution, ZoneId zone) {

  String word() {
    return resolution.name().toLowerCase(Locale.ROOT);
  }

  ZonedDateTime containing(Instant instant) {
    return begin(instant.atZone(zone));
  }

  ZonedDateTime containing(LocalDate day) {
    return begin(day.atStartOfDay(zone));
  }

  ZonedDateTime plus(ZonedDateTime start, long steps) {
    return begin(start.plus(steps, unit()));
  }

  /// Whole steps from one start to another.
  long between(ZonedDateTime first, ZonedDateTime last) {
    // Noon is the same day whichever way the clocks are set between the two.
    return resolution == Resolution.HOURS
        ? ChronoUnit.HOURS.between(first, last)
        : unit().between(first.withHour(12), last.withHour(12));
  }

  /// Every start from `first` on and before `end`.
  List<ZonedDateTime> starts(ZonedDateTime first, ZonedDateTime end) {
    List<ZonedDateTime> starts = new ArrayList<>();
    for (ZonedDateTime start = first; start.isBefore(end); start = plus(first, starts.size())) {
      starts.add(start);
    }
    return starts;
  }

  private ChronoUnit unit() {
    return switch (resolution) {
      case HOURS -> ChronoUnit.HOURS;
      case DAYS -> ChronoUnit.DAYS;
      case WEEKS -> ChronoUnit.WEEKS;
      case MONTHS -> ChronoUnit.MONTHS;
    };
  }

  private ZonedDateTime begin(ZonedDateTime time) {
    if (resolution == Resolution.HOURS) {
      return time.truncatedTo(ChronoUnit.HOURS);
    }
    LocalDate day = time.toLocalDate();
    return switch (resolution) {
      case HOURS, DAYS -> day.atStartOfDay(zone);
      case WEEKS -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).atStartOfDay(zone);
      case MONTHS -> day.withDayOfMonth(1).atStartOfDay(zone);
    };
  }
}
