package dev.hooklake.server.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of the live feed; who it is about is masked.
///
/// @param outcome `stored`, `duplicate`, `quarantined` (stored, not understood) or `refused`
/// @param key null for what was refused, which has none
/// @param channel empty where it was not understood
/// @param metric what happened; for the rest the reason
public record LiveEvent(
    Instant at,
    String source,
    @Nullable String key,
    String outcome,
    String channel,
    String metric,
    String recipient,
    boolean machine) {

  public String kind() {
    return switch (outcome) {
      case "refused" -> "bad";
      case "quarantined" -> "warn";
      case "duplicate" -> "";
      default -> Kinds.ofMetric(metric);
    };
  }
}
