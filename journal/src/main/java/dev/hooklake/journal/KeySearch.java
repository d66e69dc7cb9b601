package dev.hooklake.journal;

import dev.hooklake.journal.FrameReader.Step;
import dev.hooklake.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Looks for one key by reading all records held.
final class KeySearch {

  private final Disk disk;
  private final Segments segments;

  KeySearch(Disk disk, Segments segments) {
    this.disk = disk;
    this.segments = segments;
  }

  Optional<JournalRecord> find(EventKey key, long afterSequence) throws IOException {
    for (Segment segment : segments.all()) {
      Optional<JournalRecord> found =
          segment.lastSequence() > afterSequence
              ? findIn(segment, key, afterSequence)
              : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<JournalRecord> findIn(Segment segment, EventKey key, long after)
      throws IOException {
    long last = segment.lastSequence();
    long end = segment.bytes();
    try (FrameReader reader = new FrameReader(disk.openToRead(segment.path()), segment.header())) {
      Step step = Step.FRAME;
      while (step == Step.FRAME && reader.expected() <= last) {
        step = reader.next(end);
        if (step == Step.FRAME && reader.sequence() > after && reader.key().equals(key)) {
          return Optional.of(reader.record());
        }
      }
      if (step == Step.INVALID) {
        throw JournalDamagedException.atSequence(
            segment.path(), reader.at(), reader.expected(), reader.reason());
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      // Released since the list was read: its records are no longer held.
      return Optional.empty();
    }
  }
}
