package dev.hooklake.server.app.settings;

import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.Cadence;
import dev.hooklake.server.pipeline.PipelineSettings;
import java.time.Duration;
import java.util.List;

/// How events are carried into the lake.
public final class PipelineSection implements Section<PipelineSettings> {
  static final Key<Integer> COMMIT_ROWS =
      new Key<>(
          "lake.commit-rows",
          null,
          "50000",
          ValueType.number(2, 10_000_000),
          "Rows of all tables together after which a batch is committed.");
  static final Key<Long> COMMIT_BYTES =
      new Key<>(
          "lake.commit-bytes",
          null,
          "32MiB",
          ValueType.SIZE,
          "Bytes after which a batch is committed: of the journal, and of long texts as they are in"
              + " memory, together up to five times the journal's. Bounds its memory.");
  static final Key<Integer> COMMIT_BUSY_ROWS =
      new Key<>(
          "lake.commit-busy-rows",
          null,
          "2000",
          ValueType.number(1, 10_000_000),
          "A batch with so many rows is busy and waits for commit-wait only.");
  static final Key<Duration> COMMIT_WAIT =
      new Key<>("lake.commit-wait", null, "5s", ValueType.TIME, "Longest wait of a busy batch.");
  static final Key<Duration> COMMIT_QUIET_WAIT =
      new Key<>(
          "lake.commit-quiet-wait",
          null,
          "30s",
          ValueType.TIME,
          "Longest wait of a batch at a trickle.");
  static final Key<Duration> RETRY_FIRST =
      new Key<>(
          "lake.retry-first", null, "1s", ValueType.TIME, "Wait after a first failed commit.");
  static final Key<Duration> RETRY_MAX =
      new Key<>("lake.retry-max", null, "30s", ValueType.TIME, "Longest wait between attempts.");
  static final Key<Duration> CLOSING_TIME =
      new Key<>(
          "lake.closing-time",
          null,
          "15s",
          ValueType.TIME,
          "For commits when the server stops; the rest stays in the journal.");

  @Override
  public String title() {
    return "Commits to the lake";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        COMMIT_ROWS,
        COMMIT_BYTES,
        COMMIT_BUSY_ROWS,
        COMMIT_WAIT,
        COMMIT_QUIET_WAIT,
        RETRY_FIRST,
        RETRY_MAX,
        CLOSING_TIME);
  }

  @Override
  public PipelineSettings read(GivenSettings given) {
    Cadence cadence =
        given.checked(
            given.where(COMMIT_QUIET_WAIT),
            () ->
                new Cadence(
                    given.value(COMMIT_ROWS),
                    given.value(COMMIT_BYTES),
                    given.value(COMMIT_BUSY_ROWS),
                    given.value(COMMIT_WAIT),
                    given.value(COMMIT_QUIET_WAIT)),
            () -> Cadence.DEFAULT);
    BackOff backOff =
        given.checked(
            given.where(RETRY_MAX),
            () -> new BackOff(given.value(RETRY_FIRST), given.value(RETRY_MAX)),
            PipelineSettings.DEFAULT::backOff);
    return new PipelineSettings(cadence, backOff, given.value(CLOSING_TIME));
  }
}
