package dev.hooklake.journal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// One segment as all threads see it: how far it may be read, and whether more will come.
final class Segment {

  private final Path path;
  private final SegmentHeader header;
  private volatile long bytes;
  private volatile long lastSequence;
  private volatile boolean sealed;
  private final AtomicInteger writtenAnew = new AtomicInteger();

  Segment(Path path, SegmentHeader header, long bytes, long lastSequence) {
    this.path = path;
    this.header = header;
    this.bytes = bytes;
    this.lastSequence = lastSequence;
  }

  /// Called by the writer after each sync.
  void synced(long throughBytes, long throughSequence) {
    bytes = throughBytes;
    lastSequence = throughSequence;
  }

  /// Nothing more will be written here. The next segment is in the list before this is said.
  void seal(long throughSequence) {
    lastSequence = throughSequence;
    sealed = true;
  }

  /// Other bytes of the same length stand in its file, which readers must open again.
  void writtenAnew() {
    writtenAnew.incrementAndGet();
  }

  /// How often.
  int timesWrittenAnew() {
    return writtenAnew.get();
  }

  Path path() {
    return path;
  }

  SegmentHeader header() {
    return header;
  }

  long firstSequence() {
    return header.firstSequence();
  }

  long bytes() {
    return bytes;
  }

  long lastSequence() {
    return lastSequence;
  }

  boolean holdsRecords() {
    return lastSequence >= firstSequence();
  }

  boolean sealed() {
    return sealed;
  }
}
