package dev.hooklake.server.console;

import java.time.Duration;

/// How far back a page looks, and what one point of its charts covers (`bucket`).
public enum Range {
  HOUR("1h", "1 h", Duration.ofHours(1), Duration.ofMinutes(1)),
  DAY("24h", "24 h", Duration.ofHours(24), Duration.ofMinutes(15)),
  WEEK("7d", "7 d", Duration.ofDays(7), Duration.ofHours(2)),
  MONTH("30d", "30 d", Duration.ofDays(30), Duration.ofHours(12));

  private final String key;
  private final String label;
  private final Duration length;
  private final Duration bucket;

  Range(String key, String label, Duration length, Duration bucket) {
    this.key = key;
    this.label = label;
    this.length = length;
    this.bucket = bucket;
  }

  static Range of(String key, Range otherwise) {
    for (Range range : values()) {
      if (range.key.equals(key)) {
        return range;
      }
    }
    return otherwise;
  }

  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  Duration length() {
    return length;
  }

  Duration bucket() {
    return bucket;
  }
}
