package dev.hooklake.server.app.settings;

import dev.hooklake.server.tracking.MappingStrategy;
import dev.hooklake.server.tracking.TrackingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether messages are tracked, and how events find theirs.
public final class TrackingSection implements Section<MessageSettings> {
  private static final String OFF = "off";

  static final Key<String> MAPPING =
      new Key<>(
          "tracking.mapping",
          "MESSAGE_ID_MAPPING_STRATEGY",
          OFF,
          ValueType.oneOf(choices()),
          "Switches message tracking on: how an event finds its message when its external id was not registered.");
  static final Key<Duration> WINDOW =
      new Key<>(
          "tracking.window",
          "TIMESTAMP_MATCHING_WINDOW",
          "1h",
          new ValueType<>("a time such as 30m or 1h, or seconds", TrackingSection::timeOrSeconds),
          "Of mapping timestamp: how far an event may be from its message's creation, either way.");
  static final Key<Duration> WAITING_RETENTION =
      new Key<>(
          "tracking.waiting-retention",
          null,
          "7d",
          ValueType.TIME,
          "How long what is reported of an unknown message waits for its registration.");
  static final Key<Integer> MAX_WAITING =
      new Key<>(
          "tracking.max-waiting",
          null,
          "1000000",
          ValueType.number(1, 1_000_000_000),
          "Unknown messages that wait; beyond it the oldest are dropped and counted.");
  static final Key<Optional<Path>> ERROR_CODES =
      new Key<>(
          "tracking.error-codes",
          null,
          "",
          new ValueType<>("a file", text -> Optional.of(file(text))),
          "What providers' error codes mean, instead of the table that comes with the program.");

  @Override
  public String title() {
    return "Message tracking";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(MAPPING, WINDOW, WAITING_RETENTION, MAX_WAITING, ERROR_CODES);
  }

  @Override
  public MessageSettings read(GivenSettings given) {
    return new MessageSettings(tracking(given), given.value(ERROR_CODES).orElse(null));
  }

  private static @Nullable TrackingSettings tracking(GivenSettings given) {
    String mapping = given.value(MAPPING);
    if (mapping.equals(OFF)) {
      return null;
    }
    return new TrackingSettings(
        MappingStrategy.of(mapping),
        given.value(WINDOW),
        given.value(WAITING_RETENTION),
        given.value(MAX_WAITING));
  }

  private static List<String> choices() {
    List<String> choices = new ArrayList<>(List.of(OFF));
    Arrays.stream(MappingStrategy.values()).map(MappingStrategy::label).forEach(choices::add);
    return choices;
  }

  /// Seconds are what users of the variable have in it.
  private static Optional<Duration> timeOrSeconds(String text) {
    return ValueType.TIME.reader().apply(text.matches("\\d+") ? text + "s" : text);
  }

  private static Optional<Path> file(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
  }
}
