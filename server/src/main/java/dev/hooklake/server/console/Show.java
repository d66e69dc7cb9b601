package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How figures and times look on every page. Times are UTC.
public final class Show {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final String NOTHING = "–";

  private Show() {}

  public static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  public static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /// A part of one as percent.
  public static String percent(@Nullable Double part) {
    if (part == null) {
      return NOTHING;
    }
    String form = part > 0 && part < 0.001 ? "%.2f %%" : "%.1f %%";
    return String.format(Locale.ENGLISH, form, part * 100);
  }

  /// How much of something is there, as percent; 100 % only when nothing is missing.
  public static String completeness(double part) {
    return part >= 1
        ? "100 %"
        : String.format(Locale.ENGLISH, "%.2f %%", Math.floor(part * 10_000) / 100);
  }

  /// A label of ours as words.
  public static String words(String label) {
    return label.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// A day such as `2 Mar`.
  public static String day(LocalDate day) {
    return DATE.format(day);
  }

  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < 5) {
      value /= 1024;
      unit++;
    }
    String form = value < 10 ? "%.1f %siB" : "%.0f %siB";
    return String.format(Locale.ENGLISH, form, value, " KMGTP".charAt(unit));
  }

  public static String time(@Nullable Instant instant) {
    return instant == null ? NOTHING : TIME.format(instant) + " UTC";
  }

  /// The time of day only.
  public static String clock(Instant instant) {
    return CLOCK.format(instant);
  }

  public static String day(Instant instant) {
    return DAY.format(instant);
  }

  /// How long, in one unit or two.
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (seconds < 10) {
      return String.format(Locale.ENGLISH, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }

  /// A key or an id as a part of a path, whatever stands in it.
  public static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  public static String ago(Instant then, Instant now) {
    Duration since = Duration.between(then, now);
    return since.toMillis() < 1000 ? "now" : duration(since) + " ago";
  }
}
