package dev.hooklake.journal;

import dev.hooklake.journal.FrameReader.Step;
import dev.hooklake.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Walks the synced records from segment to segment, through file handles of its own: a segment
/// deleted meanwhile stays readable to the end.
final class LogCursor implements AutoCloseable {

  private final Disk disk;
  private final Segments segments;
  private @Nullable Segment segment;
  private @Nullable FrameReader reader;
  private int openedAnew;
  private long after;

  LogCursor(Disk disk, Segments segments, long afterSequence) {
    this.disk = disk;
    this.segments = segments;
    this.after = afterSequence;
  }

  /// Moves to the next synced record; null when there is none yet.
  @Nullable FrameReader next() throws IOException {
    while (true) {
      FrameReader current = current();
      Segment at = currentSegment();
      // Asked before how far it goes: once sealed, it goes no further.
      boolean sealed = at.sealed();
      if (sealed && current.expected() > at.lastSequence()) {
        leave(at);
        continue;
      }
      Step step = current.next(at.bytes());
      if (step == Step.INVALID) {
        throw JournalDamagedException.atSequence(
            at.path(), current.at(), current.expected(), current.reason());
      }
      if (step == Step.FRAME && current.sequence() > after) {
        after = current.sequence();
        return current;
      }
      if (step == Step.END && !sealed) {
        return null;
      }
      if (step == Step.END) {
        endEarly(at, current);
      }
    }
  }

  private FrameReader current() throws IOException {
    Segment at = segment;
    if (at != null && at.timesWrittenAnew() != openedAnew) {
      close();
    }
    FrameReader open = reader;
    return open != null ? open : openHolding(after + 1);
  }

  private Segment currentSegment() {
    Segment open = segment;
    if (open == null) {
      throw new IllegalStateException("no segment is open");
    }
    return open;
  }

  private FrameReader openHolding(long sequence) throws IOException {
    Segment found = segments.holding(sequence).orElse(null);
    if (found == null) {
      throw released(sequence);
    }
    // Asked before it is opened: what is written anew in between is only opened once more.
    openedAnew = found.timesWrittenAnew();
    try {
      FrameReader opened = new FrameReader(disk.openToRead(found.path()), found.header());
      segment = found;
      reader = opened;
      return opened;
    } catch (NoSuchFileException e) {
      throw released(sequence);
    }
  }

  private IOException released(long sequence) {
    return new IOException(
        "record "
            + sequence
            + " has been released; the oldest still held is "
            + segments.first().firstSequence());
  }

  private void endEarly(Segment done, FrameReader open) throws IOException {
    if (!done.header().repaired()) {
      throw JournalDamagedException.atSequence(
          done.path(), open.at(), open.expected(), "the file ends before it");
    }
    leave(done);
  }

  private void leave(Segment done) throws IOException {
    after = Math.max(after, done.lastSequence());
    close();
  }

  long after() {
    return after;
  }

  /// Closes the file that is open; reading on opens the next.
  @Override
  public void close() throws IOException {
    FrameReader open = reader;
    reader = null;
    segment = null;
    if (open != null) {
      open.close();
    }
  }
}
