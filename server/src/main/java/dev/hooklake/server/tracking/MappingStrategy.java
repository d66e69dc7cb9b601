package dev.hooklake.server.tracking;

import java.util.Arrays;
import java.util.Locale;

/// How an event finds its message when nobody has registered the external id it carries.
///
/// | strategy  | the message is                                                                 |
/// |-----------|--------------------------------------------------------------------------------|
/// | database  | none; the event waits until its external id is registered                      |
/// | embedded  | the one whose id came back with the event, in callback query, tag or header    |
/// | timestamp | the only one to the same recipient, on the same channel, not yet mapped, made within the window around the event; with two such candidates the event waits |
public enum MappingStrategy {
  DATABASE,
  EMBEDDED,
  TIMESTAMP;

  /// The strategy of a setting's text.
  public static MappingStrategy of(String label) {
    return Arrays.stream(values())
        .filter(strategy -> strategy.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the mapping strategy is " + label + "; give database, embedded or timestamp"));
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
