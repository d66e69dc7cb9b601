package dev.hooklake.server.app.settings;

import dev.hooklake.server.reconciliation.HistorySettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// How what is here is held against what the providers show.
public final class ReconciliationSection implements Section<HistorySettings> {
  private static final String OFF = "off";

  static final Key<String> NIGHTLY_AT =
      new Key<>(
          "reconciliation.nightly-at",
          null,
          "03:15",
          new ValueType<>("off, or a UTC time such as 03:15", ReconciliationSection::time),
          "When the last days of each provider with credentials are reconciled.");
  static final Key<Integer> NIGHTLY_DAYS =
      new Key<>(
          "reconciliation.nightly-days",
          null,
          "3",
          ValueType.number(1, 30),
          "How many past days a nightly reconciliation looks at.");
  static final Key<Integer> LOOKBACK_DAYS =
      new Key<>(
          "reconciliation.lookback-days",
          null,
          "7",
          ValueType.number(0, 180),
          "How long before an event its message may have been created; events of older messages are"
              + " not looked at.");
  public static final Key<Duration> SETTLE =
      new Key<>(
          "reconciliation.settle",
          null,
          "1h",
          ValueType.TIME_OR_OFF,
          "How long an event may be under way before it counts as missing.");

  @Override
  public String title() {
    return "Reconciliation";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(NIGHTLY_AT, NIGHTLY_DAYS, LOOKBACK_DAYS, SETTLE);
  }

  @Override
  public HistorySettings read(GivenSettings given) {
    String nightly = given.value(NIGHTLY_AT);
    return new HistorySettings(
        given.value(LOOKBACK_DAYS),
        given.value(SETTLE),
        nightly.equals(OFF) ? null : LocalTime.parse(nightly),
        given.value(NIGHTLY_DAYS));
  }

  private static Optional<String> time(String text) {
    try {
      return Optional.of(text.equals(OFF) ? text : LocalTime.parse(text).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
