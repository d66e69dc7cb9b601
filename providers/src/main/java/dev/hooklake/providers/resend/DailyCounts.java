package dev.hooklake.providers.resend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Items;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Resend's own counts of all emails of an account, by UTC day.
///
/// @param from of what was counted; later than asked for where the account keeps less
/// @param to end of what was counted; now where more was asked for
/// @param days by day and metric; what is absent was not reported, which is not 0
public record DailyCounts(Instant from, Instant to, Map<LocalDate, Map<String, Long>> days) {
  private static final int LAST_YEAR = 9999;

  public DailyCounts {
    days = Map.copyOf(days);
  }

  /// Whether the whole day was counted, from midnight to midnight.
  public boolean holdsWhole(LocalDate day) {
    return !midnight(day).isBefore(from) && !midnight(day.plusDays(1)).isAfter(to);
  }

  static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private record Day(LocalDate day, Map<String, Long> counts) {}

  static Answer<DailyCounts> of(JsonNode json, List<String> metrics) {
    Optional<Instant> from = time(json.path("start_date").asText());
    Optional<Instant> to = time(json.path("end_date").asText());
    String granularity = json.path("granularity").asText();
    if (from.isEmpty() || to.isEmpty() || !granularity.equals("daily")) {
      return unreadable("do not say of which time they are, or are not by day");
    }
    return Items.of(json, "data", "Resend's daily counts", row -> day(row, metrics))
        .then(rows -> together(from.get(), to.get(), rows));
  }

  /// A day that is there twice is broken down by something else as well.
  private static Answer<DailyCounts> together(Instant from, Instant to, List<Day> rows) {
    Map<LocalDate, Map<String, Long>> days = new HashMap<>();
    for (Day row : rows) {
      if (days.put(row.day(), row.counts()) != null) {
        return unreadable("have a day twice");
      }
    }
    return Answer.given(new DailyCounts(from, to, days));
  }

  private static Optional<Day> day(JsonNode row, List<String> metrics) {
    String period = row.path("period").asText();
    return date(period)
        .filter(day -> day.getYear() > 0 && day.getYear() <= LAST_YEAR)
        .map(day -> new Day(day, counts(row, metrics)));
  }

  private static Map<String, Long> counts(JsonNode row, List<String> metrics) {
    Map<String, Long> counts = new HashMap<>();
    for (String metric : metrics) {
      JsonNode count = row.path(metric);
      if (count.isIntegralNumber() && count.canConvertToLong() && count.asLong() >= 0) {
        counts.put(metric, count.asLong());
      }
    }
    return Map.copyOf(counts);
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return time(text)
          .filter(time -> time.equals(midnight(LocalDate.ofInstant(time, ZoneOffset.UTC))))
          .map(time -> LocalDate.ofInstant(time, ZoneOffset.UTC));
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Answer<DailyCounts> unreadable(String why) {
    return Answer.failed(new Failure.Unreadable("Resend's daily counts " + why));
  }
}
