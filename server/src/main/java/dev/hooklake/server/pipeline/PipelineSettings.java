package dev.hooklake.server.pipeline;

import java.time.Duration;

/// How the lake consumer batches, retries and ends.
///
/// @param closingTime in which a closing pipeline may still commit
public record PipelineSettings(Cadence cadence, BackOff backOff, Duration closingTime) {
  public static final PipelineSettings DEFAULT =
      new PipelineSettings(
          Cadence.DEFAULT,
          new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30)),
          Duration.ofSeconds(15));
}
