package dev.hooklake.server.simulator;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in buckets about 3 % wide, from a microsecond to a day.
final class LatencyHistogram {
  private static final int STEPS_BITS = 5;
  private static final int STEPS = 1 << STEPS_BITS;
  private static final int OCTAVES = 37 - STEPS_BITS;

  private final AtomicLongArray counts = new AtomicLongArray((OCTAVES + 1) * STEPS);

  void record(long micros) {
    counts.incrementAndGet(bucket(Math.max(0, micros)));
  }

  /// The duration that this share (0 to 1) of all records did not exceed; 0 when there are none.
  long percentileMicros(double share) {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= wanted && seen > 0) {
        return upperBound(i);
      }
    }
    return 0;
  }

  private int bucket(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int octave = 63 - Long.numberOfLeadingZeros(micros) - STEPS_BITS;
    int step = (int) (micros >>> octave) - STEPS;
    return Math.min(counts.length() - 1, (octave + 1) * STEPS + step);
  }

  private static long upperBound(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int octave = bucket / STEPS - 1;
    return ((bucket % STEPS + STEPS + 1L) << octave) - 1;
  }
}
