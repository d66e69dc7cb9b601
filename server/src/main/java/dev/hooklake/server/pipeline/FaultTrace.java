package dev.hooklake.server.pipeline;

import java.util.Arrays;
import java.util.stream.Collectors;

/// An exception as it may be logged where personal data is near: types and places. Messages are
/// left out, because parsers quote what they could not read.
public final class FaultTrace {
  private static final int FRAMES = 12;

  private FaultTrace() {}

  public static String of(Throwable thrown) {
    return thrown.getClass().getName()
        + Arrays.stream(thrown.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n\tat " + frame)
            .collect(Collectors.joining());
  }
}
