package dev.hooklake.sources.customerio;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When an event happened: seconds since the epoch, from the year 2000 to 9999. What lies outside,
/// such as milliseconds, is a mistake that would scatter rows over absurd partitions.
final class EventTime {
  private static final BigDecimal FIRST = seconds("2000-01-01T00:00:00Z");
  private static final BigDecimal LAST = seconds("9999-12-31T23:59:59Z");

  private EventTime() {}

  static @Nullable Long seconds(Member timestamp) {
    BigDecimal seconds = Coercion.number(timestamp);
    if (seconds == null || seconds.compareTo(FIRST) < 0 || seconds.compareTo(LAST) > 0) {
      return null;
    }
    return seconds.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static BigDecimal seconds(String instant) {
    return BigDecimal.valueOf(Instant.parse(instant).getEpochSecond());
  }
}
