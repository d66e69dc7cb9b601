package dev.hooklake.server.enrichment;

import java.time.Duration;

/// Is told what an enrichment does, at every point between two of which a crash would matter. For
/// metrics; whoever throws here ends the enrichment as a crash would.
public interface Moments {
  void begins(StepName step);

  /// The step's own work is done and not recorded yet.
  void recording(StepName step);

  void ended(StepName step, StepRecord.State state, Duration took);

  void eventEnded(EventStatus status);
}
