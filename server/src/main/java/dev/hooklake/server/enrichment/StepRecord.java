package dev.hooklake.server.enrichment;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/// A step that has ended.
public record StepRecord(
    StepName step, State state, String result, Instant startedAt, Instant endedAt) {

  /// How it ended.
  public enum State {
    DONE,
    SKIPPED,
    /// All attempts failed, and the enrichment went on without it.
    FAILED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String label) {
      return Arrays.stream(values())
          .filter(state -> state.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no step state " + label));
    }
  }
}
