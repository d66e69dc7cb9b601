package dev.hooklake.server.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// What happened in a simulation: how often each kind of thing did, the last of them in words, and
/// a number that two equal histories share.
final class SpineTally {
  private static final int LINES_KEPT = 60;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Deque<String> lines = new ArrayDeque<>();
  private long fingerprint;

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
    tell(what);
  }

  void tell(String line) {
    fingerprint = fingerprint * 31 + line.hashCode();
    lines.addLast(line);
    if (lines.size() > LINES_KEPT) {
      lines.removeFirst();
    }
  }

  void add(SpineTally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  Map<String, Long> counts() {
    return counts;
  }

  long fingerprint() {
    return fingerprint;
  }

  String story() {
    return String.join("\n  ", lines);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    counts.forEach((what, count) -> text.append("%,12d  %s%n".formatted(count, what)));
    return text.toString();
  }
}
