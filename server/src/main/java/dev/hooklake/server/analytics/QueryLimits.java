package dev.hooklake.server.analytics;

import java.time.Duration;

/// How long a question may run and how much it may answer. Reaching the time stops it with a
/// message; reaching rows or characters cuts the answer off, which the answer says.
public record QueryLimits(Duration time, int rows, long characters) {
  private static final long USUAL_CHARACTERS = 8L << 20;

  /// For our own pages.
  public static final QueryLimits PAGE = of(Duration.ofSeconds(20), 5000);

  /// For what people type.
  public static final QueryLimits TYPED = of(Duration.ofSeconds(30), 10_000);

  public static QueryLimits of(Duration time, int rows) {
    return new QueryLimits(time, rows, USUAL_CHARACTERS);
  }
}
