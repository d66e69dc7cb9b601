package dev.hooklake.journal;

import dev.hooklake.journal.RecoveryReport.TornTail;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFullException;
import dev.hooklake.journal.disk.DiskLock;
import dev.hooklake.journal.index.KeyIndex;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Brings a journal's files back to where a process, however the last one ended, can go on.
///
/// Locks the directory, reads every segment's header, mends the end of the last one, begins a new
/// one, and makes sure that every record's key is in the index. Each step may be cut short and
/// repeated. Damage to anything acknowledged stops it.
final class Opening {

  private final JournalSettings settings;
  private final Disk disk;
  private final JournalDirectory directory;
  private final InstantSource clock;

  Opening(JournalSettings settings, JournalDirectory directory, InstantSource clock) {
    this.settings = settings;
    this.disk = directory.disk();
    this.directory = directory;
    this.clock = clock;
  }

  Opened open() throws IOException {
    disk.createDirectories(directory.path());
    DiskLock lock = directory.lock();
    try {
      return openEvenWhenFull(lock);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Opened openEvenWhenFull(DiskLock lock) throws IOException {
    Reserve reserve = new Reserve(directory, settings.limitBytes());
    try {
      return open(lock, reserve);
    } catch (DiskFullException e) {
      if (!reserve.giveBack()) {
        throw e;
      }
    }
    return open(lock, reserve);
  }

  private Opened open(DiskLock lock, Reserve reserve) throws IOException {
    directory.deleteLeftovers();
    List<Segment> found = SegmentFiles.read(directory);
    SyncedMark.Found mark = SyncedMark.read(directory);
    if (found.isEmpty() && mark.sequence() > 0) {
      throw new IOException(
          directory.path()
              + " holds no segment, but records up to "
              + mark.sequence()
              + " were in it; put the segments back, or empty the directory to begin anew");
    }
    UUID id = found.isEmpty() ? UUID.randomUUID() : found.getFirst().header().journal();
    Optional<TornTail> torn =
        found.isEmpty()
            ? Optional.empty()
            : new TailMending(disk, found.getLast()).mend(mark.through(id));
    Segments segments = new Segments();
    found.forEach(segments::add);
    Segment fresh = directory.createSegment(headerAfter(found, id));
    // Takes the place of the last one when that is empty: same first sequence, same name.
    segments.add(fresh);
    KeyIndex index = openIndex(id, segments);
    SyncedPosition synced = new SyncedPosition(fresh.lastSequence());
    SyncedMark newMark = beginMark(index, id, fresh.lastSequence());
    RecoveryReport report = new RecoveryReport(segments.count() - 1, fresh.lastSequence(), torn);
    return new Opened(id, lock, segments, index, synced, newMark, reserve, report);
  }

  private SegmentHeader headerAfter(List<Segment> found, UUID id) {
    if (found.isEmpty()) {
      return new SegmentHeader(id, 1, 0, clock.millis(), false);
    }
    Segment last = found.getLast();
    long previous =
        last.holdsRecords() ? last.firstSequence() : last.header().previousFirstSequence();
    return new SegmentHeader(id, last.lastSequence() + 1, previous, clock.millis(), false);
  }

  private KeyIndex openIndex(UUID id, Segments segments) throws IOException {
    KeyIndex index = KeyIndex.open(disk, directory.path(), id, settings.duplicateWindow());
    try {
      for (Segment segment : segments.all()) {
        if (segment.sealed() && !index.covers(segment.firstSequence(), segment.lastSequence())) {
          addKeys(index, segment);
        }
      }
      return index;
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private SyncedMark beginMark(KeyIndex index, UUID id, long sequence) throws IOException {
    try {
      return SyncedMark.begin(directory, id, sequence);
    } catch (IOException | RuntimeException e) {
      index.close();
      throw e;
    }
  }

  private void addKeys(KeyIndex index, Segment segment) throws IOException {
    SegmentScan scan = SegmentScan.of(disk, segment);
    boolean complete = segment.header().repaired() || scan.lastSequence() == segment.lastSequence();
    if (!scan.whole() || !complete) {
      throw JournalDamagedException.atSequence(
          segment.path(), scan.validEnd(), scan.lastSequence() + 1, scan.reason());
    }
    index.build(scan.keys(), segment.firstSequence(), segment.lastSequence());
  }
}
