package dev.hooklake.server.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// For how long consumers have had work and not moved. Used by one thread.
final class StandingStill {
  private record Stand(long position, Instant since) {}

  private final Map<String, Stand> stands = new HashMap<>();

  Duration since(String consumer, long position, boolean behind, Instant now) {
    Stand stand = stands.get(consumer);
    if (!behind || stand == null || stand.position() != position) {
      stands.put(consumer, new Stand(position, now));
      return Duration.ZERO;
    }
    return Duration.between(stand.since(), now);
  }
}
