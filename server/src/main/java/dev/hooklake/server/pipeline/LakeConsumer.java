package dev.hooklake.server.pipeline;

import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.server.pipeline.LakeProgress.State;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries the journal into the lake, one step at a time: asks the lake where it stands, then
/// reads, decodes and commits batch after batch.
///
/// The lake stores the position with the rows, so a batch that is committed again changes nothing.
/// A failed commit is repeated, the same batch, after a back-off; a rejected one stops the consumer
/// while the journal goes on accepting. Used by one thread; `progress` may be read by any.
final class LakeConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(LakeConsumer.class);

  /// The longest wait inside one step, so that the end of the server is noticed.
  private static final Duration LONGEST_READ = Duration.ofMillis(250);

  /// Read at once: until they are decoded, these are in memory beside the batch.
  private static final long MOST_READ_BYTES = 1L << 20;

  private static final Duration WHEN_STOPPED = Duration.ofDays(1);

  private final LakePipeline.Parts parts;
  private final Cadence cadence;
  private final BackOff backOff;
  private final RecordDecoder decoder;
  private final PipelineMeters meters;
  private final PendingBatch pending = new PendingBatch();
  private @Nullable JournalConsumer reader;
  private volatile LakeProgress progress = LakeProgress.START;

  LakeConsumer(LakePipeline.Parts parts, Cadence cadence, BackOff backOff) {
    this.parts = parts;
    this.cadence = cadence;
    this.backOff = backOff;
    this.decoder = new RecordDecoder(parts.sources());
    this.meters = new PipelineMeters(parts.registry());
  }

  LakeProgress progress() {
    return progress;
  }

  /// Does one thing and says how long to wait before the next.
  Duration step() throws InterruptedException {
    Instant now = parts.clock().instant();
    Instant nextAttempt = progress.nextAttemptAt();
    if (progress.state() == State.STOPPED) {
      return WHEN_STOPPED;
    }
    Duration left = nextAttempt == null ? Duration.ZERO : Duration.between(now, nextAttempt);
    // Longer than any back-off: the clock was set back, and the lake may be well again.
    boolean waits = left.isPositive() && left.compareTo(backOff.max()) <= 0;
    if (waits) {
      return left;
    }
    try {
      advance(now);
    } catch (IOException e) {
      startOver();
      failed("the journal or the lake cannot be read: " + e.getMessage());
    } catch (UnreadableRecord e) {
      stopped("a journal record cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Lake attempt failed on a fault of ours: {}", FaultTrace.of(e));
      startOver();
      failed("a fault of ours: " + e.getClass().getName());
    }
    return Duration.ZERO;
  }

  /// The thread ends with `error`, for example for want of memory.
  void died(Error error) {
    LOG.error("The lake consumer died: {}", FaultTrace.of(error));
    stopped(error.getClass().getName());
  }

  /// Commits what is read, and what the journal still holds, until `deadline` or the first failure.
  void finish(Instant deadline) throws InterruptedException {
    boolean more = true;
    while (more
        && progress.state() == State.RUNNING
        && parts.clock().instant().isBefore(deadline)) {
      more = flush();
    }
    publish(State.CLOSED, progress.landedThrough());
  }

  private boolean flush() throws InterruptedException {
    try {
      boolean grew = read(Duration.ZERO);
      boolean ready = !pending.isEmpty() && (!grew || full());
      if (ready) {
        commit();
      }
      return grew || ready;
    } catch (IOException | RuntimeException e) {
      LOG.warn("What is not committed is left to the next start: {}", FaultTrace.of(e));
      return false;
    }
  }

  /// Asks the lake again where it stands. Records may have been read and not kept; going on behind
  /// them would lose them.
  private void startOver() {
    pending.clear();
    reader = null;
  }

  private void advance(Instant now) throws IOException, InterruptedException {
    Instant startedAt = pending.startedAt();
    if (reader == null) {
      open();
    } else if (startedAt == null) {
      read(LONGEST_READ);
    } else {
      Duration remaining =
          cadence.remaining(pending.rows().size(), Duration.between(startedAt, now));
      boolean due = progress.failedAttempts() > 0 || full() || remaining.isZero();
      if (due) {
        commit();
      } else {
        read(remaining.compareTo(LONGEST_READ) < 0 ? remaining : LONGEST_READ);
      }
    }
  }

  private boolean full() {
    return cadence.full(pending.rows().size(), pending.bytes());
  }

  private void open() throws IOException {
    long landedThrough = parts.lake().landedThrough();
    long firstHeld = parts.journal().status().firstSequence();
    if (landedThrough == 0 && firstHeld > 1) {
      throw new IOException(
          "the lake holds nothing of this journal, although its first "
              + (firstHeld - 1)
              + " records were landed; is the lake's volume mounted? A new lake needs a new"
              + " journal");
    }
    reader = parts.journal().consumer(LakePipeline.CONSUMER, landedThrough);
    // What landed before a crash may not have been released then.
    reader.passed(landedThrough);
    LOG.info("Lake consumer goes on after sequence {}", landedThrough);
    publish(State.RUNNING, landedThrough);
  }

  /// True when something came.
  private boolean read(Duration wait) throws IOException, InterruptedException {
    int room = (cadence.maxRows() - pending.rows().size()) / Cadence.ROWS_OF_RECORD;
    long bytesLeft = cadence.maxBytes() - pending.bytes();
    List<JournalRecord> records =
        Objects.requireNonNull(reader)
            .read(Math.max(1, room), Math.clamp(bytesLeft, 1, MOST_READ_BYTES), wait);
    Instant now = parts.clock().instant();
    for (JournalRecord record : records) {
      pending.add(record, decoder.rows(record, now), now);
    }
    if (!records.isEmpty()) {
      publish(State.RUNNING, progress.landedThrough());
    }
    return !records.isEmpty();
  }

  private void commit() throws InterruptedException {
    Batch batch = pending.toBatch();
    Timer.Sample sample = meters.commitBegins();
    CommitOutcome outcome = parts.lake().commit(batch);
    meters.commitEnded(sample, outcome);
    switch (outcome) {
      case CommitOutcome.Committed(long lastSequence) -> committed(batch, lastSequence);
      case CommitOutcome.Failed(String reason) -> failed(reason);
      case CommitOutcome.Rejected(String reason) -> stopped(reason);
    }
  }

  private void committed(Batch batch, long lastSequence) {
    Instant now = parts.clock().instant();
    Objects.requireNonNull(reader).passed(lastSequence);
    if (progress.failedAttempts() > 0) {
      LOG.info("The lake takes commits again, after {} failures", progress.failedAttempts());
    }
    LOG.debug(
        "Committed sequences {} to {}, {} rows",
        batch.firstSequence(),
        lastSequence,
        batch.rows().size());
    meters.landed(batch, now);
    pending.clear();
    progress = new LakeProgress(State.RUNNING, lastSequence, 0, null, 0, null, null, now);
  }

  private void failed(String reason) {
    int attempt = progress.failedAttempts() + 1;
    Duration wait = backOff.after(attempt, parts.chance().nextDouble());
    Instant next = parts.clock().instant().plus(wait);
    LOG.warn("Lake attempt {} failed: {}; next attempt in {}", attempt, reason, wait);
    fail(State.BACKING_OFF, attempt, reason, next);
  }

  private void stopped(String reason) {
    LOG.error(
        "The lake consumer stopped: {}. Events are still accepted into the journal; mend the cause"
            + " and restart.",
        reason);
    fail(State.STOPPED, progress.failedAttempts() + 1, reason, null);
  }

  private void fail(State state, int attempts, String reason, @Nullable Instant next) {
    progress =
        new LakeProgress(
            state,
            progress.landedThrough(),
            pending.records(),
            pending.oldestAppendedAt(),
            attempts,
            reason,
            next,
            progress.lastCommitAt());
  }

  private void publish(State state, long landedThrough) {
    progress =
        new LakeProgress(
            state,
            landedThrough,
            pending.records(),
            pending.oldestAppendedAt(),
            state == State.CLOSED ? progress.failedAttempts() : 0,
            state == State.CLOSED ? progress.lastError() : null,
            null,
            progress.lastCommitAt());
  }
}
