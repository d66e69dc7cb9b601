package dev.hooklake.server.app.settings;

import dev.hooklake.server.intake.RateLimit;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kind of setting: what it looks like, and how its text is read.
///
/// @param form what may be written, for people
/// @param reader gives the value, or nothing when the text is not of this form
public record ValueType<T>(String form, Function<String, Optional<T>> reader) {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([A-Za-z]*)");
  private static final int MOST_DAYS = 100_000;
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "tib", 1L << 40);
  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9})\\s*/\\s*(s|second|m|minute|h|hour|d|day)");
  private static final Map<String, Duration> PERIODS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "second", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "minute", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "hour", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "day", Duration.ofDays(1));
  private static final Pattern WEB_URL =
      Pattern.compile("https?://[^/?#@\\s]+(?:/[^?#\\s]*)?", Pattern.CASE_INSENSITIVE);

  public static final ValueType<String> TEXT =
      new ValueType<>("text", text -> Optional.of(text).filter(value -> !value.isBlank()));

  public static final ValueType<Boolean> SWITCH =
      new ValueType<>(
          "true or false",
          text ->
              switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1" -> Optional.of(true);
                case "false", "no", "off", "0" -> Optional.of(false);
                default -> Optional.empty();
              });

  public static final ValueType<Path> DIRECTORY = new ValueType<>("a directory", ValueType::path);

  public static final ValueType<URI> LOCATION =
      new ValueType<>("a directory, or a URI such as s3a://bucket/lake", ValueType::location);

  public static final ValueType<Long> SIZE =
      new ValueType<>("a size such as 512KiB, 5MiB or 10GiB", text -> amount(text, BYTES::get));

  public static final ValueType<Duration> TIME =
      new ValueType<>(
          "a time such as 500ms, 10s, 5m, 2h or 8d",
          text -> scaled(text).filter(Duration::isPositive));

  /// A time, or `off` for zero.
  public static final ValueType<Duration> TIME_OR_OFF =
      new ValueType<>(
          "off, or a time such as 5m or 8d",
          text -> text.equals("off") ? Optional.of(Duration.ZERO) : TIME.reader().apply(text));

  /// A number of days, 0 for ever.
  public static final ValueType<Integer> DAYS =
      new ValueType<>(
          "forever, or a number of days such as 90d",
          text ->
              text.equals("forever")
                  ? Optional.of(0)
                  : amount(text, unit -> unit.equals("d") ? 1L : null)
                      .filter(days -> days >= 1 && days <= MOST_DAYS)
                      .map(Long::intValue));

  public static ValueType<Integer> number(int least, int most) {
    return new ValueType<>(
        "a number from " + least + " to " + most,
        text ->
            amount(text, unit -> unit.isEmpty() ? 1L : null)
                .filter(value -> value >= least && value <= most)
                .map(Long::intValue));
  }

  public static ValueType<String> oneOf(List<String> choices) {
    return new ValueType<>(
        "one of " + String.join(", ", choices),
        text -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(choices::contains));
  }

  /// What stands before the paths of the public port; empty when nobody said.
  public static final ValueType<String> BASE_URL =
      new ValueType<>(
          "a URL such as https://hooks.example.org",
          text -> Optional.of(text).filter(url -> url.isEmpty() || WEB_URL.matcher(url).matches()));

  /// A path of the public port, or the URL under which it is reached.
  public static final ValueType<WebhookPlace> WEBHOOK_PLACE =
      new ValueType<>(
          "a path such as /webhooks/twilio, or the whole URL", text -> WebhookPlace.parse(text));

  public static final ValueType<Optional<RateLimit>> RATE_OR_OFF =
      new ValueType<>("off, or a rate such as 500/s or 100/hour", ValueType::rate);

  private static Optional<Long> amount(
      String text, Function<String, @org.jspecify.annotations.Nullable Long> unitBytes) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Long unit = unitBytes.apply(matcher.group(2).toLowerCase(Locale.ROOT));
    long number = Long.parseLong(matcher.group(1));
    return unit == null || number > Long.MAX_VALUE / unit
        ? Optional.empty()
        : Optional.of(number * unit);
  }

  private static Optional<Duration> scaled(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    Duration unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
    long number = unit == null ? 0 : Long.parseLong(matcher.group(1));
    return unit == null || number > 1_000_000_000
        ? Optional.empty()
        : Optional.of(unit.multipliedBy(number));
  }

  private static Optional<Optional<RateLimit>> rate(String text) {
    if (text.equals("off")) {
      return Optional.of(Optional.empty());
    }
    Matcher matcher = RATE.matcher(text);
    int deliveries = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return deliveries < 1
        ? Optional.empty()
        : Optional.of(
            Optional.of(
                new RateLimit(deliveries, Objects.requireNonNull(PERIODS.get(matcher.group(2))))));
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// A letter alone before the colon would be a drive, not a scheme.
  private static Optional<URI> location(String text) {
    if (!text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return path(text).map(path -> path.toAbsolutePath().normalize().toUri());
    }
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
