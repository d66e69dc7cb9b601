package dev.hooklake.server.app.settings;

import java.util.List;

/// What the log says, and how.
public final class LogSection implements Section<LogSettings> {
  static final Key<String> LEVEL =
      new Key<>(
          "log.level",
          "LOG_LEVEL",
          "info",
          ValueType.oneOf(List.of("error", "warn", "warning", "info", "debug", "trace")),
          "How much is logged.");
  static final Key<String> FORMAT =
      new Key<>(
          "log.format",
          "LOG_FORMAT",
          "text",
          ValueType.oneOf(List.of("text", "json")),
          "How it is logged: lines for people, or one JSON object a line.");

  @Override
  public String title() {
    return "The log";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(LEVEL, FORMAT);
  }

  @Override
  public LogSettings read(GivenSettings given) {
    return new LogSettings(given.value(LEVEL), given.value(FORMAT).equals("json"));
  }
}
