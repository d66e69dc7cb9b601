package dev.hooklake.journal;

import java.nio.file.Path;

/// One segment as all threads see it: how far it may be read, and whether more will come.
final class Segment {

  private final Path path;
  private final SegmentHeader header;
  private volatile long bytes;
  private volatile long lastSequence;
  private volatile boolean sealed;

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
