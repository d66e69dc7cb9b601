package dev.hooklake.sources.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The ways in which providers write the time of an event. What is read is cut to microseconds, as
/// our tables hold them.
public enum EventTime {
  /// `1614265330` or `1614265330.25`, as a number or as text.
  EPOCH_SECONDS {
    @Override
    Instant read(String text) {
      return epoch(text, 0);
    }
  },

  /// `1614265330250`, as a number or as text.
  EPOCH_MILLIS {
    @Override
    Instant read(String text) {
      return epoch(text, 3);
    }
  },

  /// `2026-10-28T09:00:02.871Z`, also with a blank for the `T`, up to nine decimals, any offset
  /// (`+00`, `+0000`, `+00:00`); none means UTC.
  ISO_8601 {
    @Override
    Instant read(String text) {
      Matcher matcher = ISO.matcher(text);
      if (!matcher.matches()) {
        throw new DateTimeException("not ISO 8601");
      }
      String offset = matcher.group(3);
      return LocalDateTime.parse(matcher.group(1) + "T" + matcher.group(2))
          .toInstant(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset));
    }
  },

  /// `Wed, 28 Oct 2026 14:07:41 +0000`.
  RFC_2822 {
    @Override
    Instant read(String text) {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }
  };

  private static final Pattern ISO =
      Pattern.compile(
          "([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)"
              + " ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}(?:\\.[0-9]{1,9})?");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  abstract Instant read(String text);

  /// Empty when the text is not of this form or outside the years 2000 to 9999.
  public Optional<Instant> parse(String text) {
    try {
      Instant instant = read(text.strip()).truncatedTo(ChronoUnit.MICROS);
      boolean usable = !instant.isBefore(FIRST) && !instant.isAfter(LAST);
      return usable ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// The time in a text or a number.
  public Optional<Instant> parse(JsonNode node) {
    return node.isTextual() || node.isNumber() ? parse(node.asText()) : Optional.empty();
  }

  private static Instant epoch(String text, int decimalShift) {
    if (!NUMBER.matcher(text).matches()) {
      throw new DateTimeException("not a number of this size");
    }
    BigDecimal seconds = new BigDecimal(text).movePointLeft(decimalShift);
    BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
    return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValue());
  }
}
