package dev.hooklake.journal;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.AppendOutcome.Full;
import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.index.KeyIndex;
import dev.hooklake.journal.index.KeyTable;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides on every append in the order they came, and lets one sync pay for all that queued while
/// the last one ran. Used by one thread at a time.
///
/// | what happened to the batch | its entries | afterwards |
/// |----------------------------|-------------|------------|
/// | written and synced | appended, or duplicates of older records or within the batch | goes on |
/// | the disk was full, and taking the batch back was synced | full | goes on |
/// | anything else failed | failed: perhaps written, never promised | closed until reopened |
final class LogWriter implements Closeable {

  private static final Duplicate DUPLICATE = new Duplicate();
  private static final Full FULL = new Full();

  /// A batch is synced when it has grown to this, whatever else is waiting.
  private static final long MOST_BATCH_BYTES = 16 << 20;

  private final long limitBytes;
  private final long largestFrameBytes;
  private final InstantSource clock;
  private final Segments segments;
  private final KeyIndex index;
  private final SegmentRoll roll;
  private final SyncedPosition synced;
  private final SyncedMark mark;
  private final Reserve reserve;

  private final List<PendingAppend> batch = new ArrayList<>();
  private final List<EventKey> newKeys = new ArrayList<>();
  private final KeyTable newKeySet = new KeyTable();
  private SegmentWriter segment;
  private long nextSequence;
  private long batchMillis;
  private long freeBytes;
  private volatile boolean diskIsFull;
  private volatile @Nullable String failure;

  LogWriter(JournalSettings settings, InstantSource clock, Opened opened, SegmentRoll roll)
      throws IOException {
    this.limitBytes = settings.limitBytes();
    this.largestFrameBytes = (long) settings.maxRecordBytes() + Frame.HEADER_BYTES;
    this.clock = clock;
    this.segments = opened.segments();
    this.index = opened.index();
    this.synced = opened.synced();
    this.mark = opened.mark();
    this.reserve = opened.reserve();
    this.roll = roll;
    this.segment = roll.writerOf(segments.last());
    this.nextSequence = synced.sequence() + 1;
  }

  /// Commits the append and all linked behind it.
  void commit(@Nullable PendingAppend first) {
    PendingAppend next = first;
    while (next != null) {
      next = fillBatch(next);
      store();
      wakeCallers();
    }
  }

  /// With nothing to append, finds out whether the disk has room again.
  void lookForRoom() {
    store();
  }

  private void store() {
    try {
      if (failure == null && write()) {
        sync();
      }
    } catch (Error e) {
      // For want of memory, say. Callers must hear of it: nobody else would ever wake them.
      fail(e);
    }
  }

  private @Nullable PendingAppend fillBatch(PendingAppend first) {
    PendingAppend next = first;
    long bytes = 0;
    while (next != null && bytes < MOST_BATCH_BYTES) {
      batch.add(next);
      for (Entry entry : next.entries()) {
        bytes += Frame.bytes(entry);
      }
      next = next.link;
    }
    return next;
  }

  /// Decides on each entry and writes the new ones; says whether there is something to sync.
  private boolean write() {
    try {
      begin();
      for (PendingAppend append : batch) {
        for (int i = 0; i < append.entries().size(); i++) {
          append.decide(i, put(append.entries().get(i)));
        }
      }
      segment.write();
      boolean written = segment.unsyncedBytes() > 0;
      diskIsFull = diskIsFull && !written && !segment.takesRoom();
      return written;
    } catch (DiskFullException e) {
      diskIsFull = true;
      takeBack();
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
    return false;
  }

  private void begin() throws IOException {
    newKeys.clear();
    newKeySet.clear();
    batchMillis = clock.millis();
    // Only a sealed segment can be released; this one may be most of what fills the disk.
    if (roll.due(segment, batchMillis) || (lacksDisk() && segment.segment().holdsRecords())) {
      segment = roll.next(segment, batchMillis);
    }
    reserve.restoreNowAndThen(batchMillis);
    freeBytes = reserve.isOwed() ? 0 : limitBytes - segments.bytes();
  }

  private AppendOutcome put(Entry entry) throws IOException {
    EventKey key = entry.key();
    if (newKeySet.contains(key.high(), key.low()) || index.contains(key.high(), key.low())) {
      return DUPLICATE;
    }
    if (segment.unsyncedBytes() + Frame.bytes(entry) > freeBytes) {
      return FULL;
    }
    segment.put(entry, new Frame.Stamp(nextSequence, batchMillis, synced.sequence()));
    newKeySet.add(key.high(), key.low(), batchMillis);
    newKeys.add(key);
    return new Appended(nextSequence++);
  }

  /// Nothing of the batch was promised and all before it is synced, so cutting the file back to
  /// there, once that is synced, leaves what was before. Unlike after a failed sync, nothing is
  /// left to guess.
  private void takeBack() {
    decideAll(FULL);
    try {
      segment.rollBack();
      nextSequence = synced.sequence() + 1;
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void sync() {
    try {
      segment.sync();
      mark.put(nextSequence - 1);
      segment.publish();
      // Only now: the index never knows a key that is not on disk.
      for (EventKey key : newKeys) {
        index.add(key.high(), key.low(), batchMillis);
      }
      synced.rise(nextSequence - 1);
    } catch (IOException | RuntimeException e) {
      // The kernel may have dropped the pages it could not write: a later sync that succeeds proves
      // nothing about them. Only reopening, which reads and writes the tail again, tells.
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    failure = "the journal has closed itself: " + cause;
  }

  private void wakeCallers() {
    String reason = failure;
    if (reason != null) {
      decideAll(new Failed(reason));
    }
    wake(List.copyOf(batch));
    batch.clear();
  }

  /// Many are woken from a virtual thread, by whose carrier they then wait in line. Woken from
  /// here, a platform thread, one after the other would rouse an idle carrier for one request each:
  /// measured, 0.64 instead of 0.28 futex calls a request.
  private static void wake(List<PendingAppend> done) {
    if (done.size() == 1) {
      done.getFirst().complete();
    } else {
      Thread.startVirtualThread(() -> done.forEach(PendingAppend::complete));
    }
  }

  private void decideAll(AppendOutcome outcome) {
    for (PendingAppend append : batch) {
      append.decideAll(outcome);
    }
  }

  /// Whether a record may be refused for want of room. Ends by itself: room under the limit comes
  /// with each segment released, room on the disk is looked for.
  boolean full() {
    return lacksDisk() || limitBytes - segments.bytes() < largestFrameBytes;
  }

  /// Whether it must be looked for room on the disk.
  boolean looksForRoom() {
    return failure == null && lacksDisk();
  }

  private boolean lacksDisk() {
    return diskIsFull || reserve.isOwed();
  }

  /// Why the journal takes no more, or null.
  @Nullable String failure() {
    return failure;
  }

  /// Ends with an empty segment, which proves that all before it was synced. After a failure
  /// nothing is proven, and the files are only closed.
  @Override
  public void close() throws IOException {
    try (SegmentWriter last = segment;
        SyncedMark _ = mark) {
      if (failure == null && last.segment().holdsRecords()) {
        roll.next(last, clock.millis()).close();
      }
    }
  }
}
