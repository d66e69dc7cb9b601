package dev.hooklake.server.enrichment;

import java.time.Duration;

/// Nobody listens.
class SilentMoments implements Moments {
  @Override
  public void begins(StepName step) {}

  @Override
  public void recording(StepName step) {}

  @Override
  public void ended(StepName step, StepRecord.State state, Duration took) {}

  @Override
  public void eventEnded(EventStatus status) {}
}
