package dev.hooklake.journal;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// The segments held, in order. The writer adds at the end, the keeper takes from the start,
/// readers look; there is always at least the one being written.
final class Segments {

  private final ConcurrentNavigableMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();

  void add(Segment segment) {
    byFirst.put(segment.firstSequence(), segment);
  }

  void remove(Segment segment) {
    byFirst.remove(segment.firstSequence());
  }

  Segment first() {
    return byFirst.firstEntry().getValue();
  }

  Segment last() {
    return byFirst.lastEntry().getValue();
  }

  /// The segment that holds the record, or will.
  Optional<Segment> holding(long sequence) {
    return Optional.ofNullable(byFirst.floorEntry(sequence)).map(Map.Entry::getValue);
  }

  Segment after(Segment segment) {
    return byFirst.higherEntry(segment.firstSequence()).getValue();
  }

  Collection<Segment> all() {
    return byFirst.values();
  }

  long bytes() {
    long bytes = 0;
    for (Segment segment : byFirst.values()) {
      bytes += segment.bytes();
    }
    return bytes;
  }

  int count() {
    return byFirst.size();
  }
}
