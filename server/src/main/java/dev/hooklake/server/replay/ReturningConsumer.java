package dev.hooklake.server.replay;

import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what the journal has released, then goes on in the journal. Limits in bytes do not hold
/// for the former; a window of few records bounds it.
final class ReturningConsumer implements JournalConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(ReturningConsumer.class);
  private static final int WINDOW = 1_000;

  private final JournalConsumer held;
  private final ReleasedRecords released;
  private final ReturnMeters meters;
  private final long releasedThrough;
  private long position;

  ReturningConsumer(
      JournalConsumer held,
      ReleasedRecords released,
      ReturnMeters meters,
      long position,
      long releasedThrough) {
    this.held = held;
    this.released = released;
    this.meters = meters;
    this.position = position;
    this.releasedThrough = releasedThrough;
  }

  @Override
  public List<JournalRecord> read(int maxRecords, long maxBytes, Duration wait)
      throws IOException, InterruptedException {
    while (position < releasedThrough) {
      long through = Math.min(releasedThrough, position + Math.min(maxRecords, WINDOW));
      List<JournalRecord> records = released.read(position, through);
      count(records.size(), (int) (through - position));
      position = through;
      if (!records.isEmpty()) {
        return records;
      }
    }
    return held.read(maxRecords, maxBytes, wait);
  }

  private void count(int found, int asked) {
    int missing = asked - found;
    meters.caughtUp().increment(found);
    meters.missed().increment(missing);
    if (missing > 0) {
      LOG.warn("{} records are neither in the journal nor in landing any more", missing);
    }
  }

  @Override
  public void seek(long sequence) throws IOException {
    position = sequence;
    held.seek(Math.max(sequence, releasedThrough));
  }

  /// The journal has nothing before what it holds.
  @Override
  public void passed(long sequence) {
    if (sequence > releasedThrough) {
      held.passed(sequence);
    }
  }
}
