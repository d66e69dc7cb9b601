package dev.hooklake.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What each consumer has passed.
final class ConsumerPositions {

  private static final long UNKNOWN = -1;

  private final Map<String, AtomicLong> passed = new LinkedHashMap<>();

  ConsumerPositions(Set<String> names) {
    for (String name : new TreeSet<>(names)) {
      passed.put(name, new AtomicLong(UNKNOWN));
    }
  }

  void pass(String name, long sequence) {
    position(name).accumulateAndGet(sequence, Math::max);
  }

  private AtomicLong position(String name) {
    @Nullable AtomicLong position = passed.get(name);
    if (position == null) {
      throw new IllegalArgumentException(
          "no consumer is named " + name + "; the journal was opened for " + passed.keySet());
    }
    return position;
  }

  /// What all have passed; -1 as long as one has not yet said where it stands.
  long passedByAll() {
    return passed.values().stream().mapToLong(AtomicLong::get).min().orElse(UNKNOWN);
  }

  Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    passed.forEach((name, sequence) -> all.put(name, Math.max(0, sequence.get())));
    return all;
  }
}
