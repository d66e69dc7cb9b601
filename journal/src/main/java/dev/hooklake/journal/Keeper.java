package dev.hooklake.journal;

import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.index.KeyIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps house beside the writer: writes full key tables to runs, releases what all consumers have
/// passed, merges runs and drops old ones. Nothing it leaves undone can lose anything; a failure is
/// kept to be shown until all has been done.
final class Keeper {

  /// Of merging on a disk that had no room for it.
  private static final long MILLIS_BETWEEN_TRIES = Duration.ofHours(1).toMillis();

  private final JournalDirectory directory;
  private final Segments segments;
  private final KeyIndex index;
  private final ConsumerPositions positions;
  private final Reserve reserve;
  private final InstantSource clock;
  private volatile @Nullable String lastError;
  private long noRoomToMergeMillis;

  /// A segment that is written anew must not be deleted meanwhile, and so be there again.
  private final ReentrantLock files = new ReentrantLock();

  Keeper(
      JournalDirectory directory, Opened opened, ConsumerPositions positions, InstantSource clock) {
    this.directory = directory;
    this.segments = opened.segments();
    this.index = opened.index();
    this.reserve = opened.reserve();
    this.positions = positions;
    this.clock = clock;
  }

  /// Does all that is due, unless told to stop; false when it failed.
  boolean keep(BooleanSupplier cancelled) {
    try {
      boolean busy = true;
      while (busy && !cancelled.getAsBoolean()) {
        tidyEvenWhenFull(cancelled);
        busy = merge(cancelled);
      }
      lastError = null;
      return true;
    } catch (IOException | RuntimeException | Error e) {
      lastError = e.toString();
      return false;
    }
  }

  private void tidyEvenWhenFull(BooleanSupplier cancelled) throws IOException {
    try {
      tidy(cancelled);
    } catch (DiskFullException e) {
      // Keys must be in a file before their records may go, and that file needs room.
      if (!reserve.giveBack()) {
        throw e;
      }
      tidy(cancelled);
    }
    reserve.restore();
  }

  private void tidy(BooleanSupplier cancelled) throws IOException {
    boolean busy = true;
    while (busy && !cancelled.getAsBoolean()) {
      busy = index.build();
      release();
    }
    index.dropOld(clock.millis(), segments.first().firstSequence());
  }

  /// Merged runs make look-ups faster, but hardly any room: the reserve is not for them, and where
  /// one did not fit the next is tried much later, because it fills the disk meanwhile.
  private boolean merge(BooleanSupplier cancelled) throws IOException {
    long now = clock.millis();
    if (reserve.isOwed() || Math.abs(now - noRoomToMergeMillis) < MILLIS_BETWEEN_TRIES) {
      return false;
    }
    try {
      return index.merge(cancelled);
    } catch (DiskFullException e) {
      noRoomToMergeMillis = now;
      // Keys that wait for a file are more than a merge that only costs speed.
      if (index.waitingTables() > 0) {
        throw e;
      }
      return false;
    }
  }

  /// Overwrites payloads that match in all sealed segments; nothing is released meanwhile.
  Erased erase(Predicate<JournalRecord> goes) throws IOException {
    files.lock();
    try {
      return new SegmentErasure(directory, goes).from(segments.all());
    } finally {
      files.unlock();
    }
  }

  private void release() throws IOException {
    files.lock();
    try {
      releasePassed();
    } finally {
      files.unlock();
    }
  }

  private void releasePassed() throws IOException {
    long passed = positions.passedByAll();
    for (Segment segment : segments.all()) {
      boolean free =
          segment.sealed()
              && segment.lastSequence() <= passed
              && index.covers(segment.firstSequence(), segment.lastSequence());
      if (!free) {
        return;
      }
      directory.disk().delete(segment.path());
      // Each deletion is made to last before the next, so that a crash never leaves a gap.
      directory.disk().syncDirectory(directory.path());
      segments.remove(segment);
    }
  }

  /// Whether passing this much may have made a segment free.
  boolean dueAt(long passed) {
    Segment first = segments.first();
    return first.sealed() && first.lastSequence() <= passed;
  }

  Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }
}
