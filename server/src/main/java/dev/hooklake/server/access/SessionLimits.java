package dev.hooklake.server.access;

import java.time.Duration;

/// How long a session lasts and how many there may be.
///
/// @param idle without a request for so long, it ends
/// @param longest after its login, whatever happens in it
/// @param most past this the one that was quiet longest ends
public record SessionLimits(Duration idle, Duration longest, int most) {
  public static final SessionLimits DEFAULT =
      new SessionLimits(Duration.ofHours(8), Duration.ofDays(7), 1000);

  public SessionLimits {
    if (idle.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "a session may be idle for " + idle + ", longer than it lasts (" + longest + ")");
    }
  }
}
