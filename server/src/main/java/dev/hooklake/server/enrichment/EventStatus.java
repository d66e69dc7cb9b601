package dev.hooklake.server.enrichment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a lead event stands.
///
/// | status     | means                                                                    |
/// |------------|--------------------------------------------------------------------------|
/// | RECEIVED   | stored; nobody has begun                                                 |
/// | PROCESSING | begun; with `next_attempt_at` it waits for another attempt               |
/// | COMPLETED  | ended as `outcome` says                                                  |
/// | FAILED     | given up, `error_message` says why; stays until somebody reprocesses it  |
public enum EventStatus {
  RECEIVED,
  PROCESSING,
  COMPLETED,
  FAILED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EventStatus> of(String label) {
    return Arrays.stream(values()).filter(status -> status.label().equals(label)).findFirst();
  }
}
