package dev.hooklake.server.operations;

import java.io.Serial;

/// What a consumer writes to beside the operations database does not serve now; later the same may
/// succeed. The message says what and why, and nothing of what was to be written.
public final class TargetAway extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public TargetAway(String message) {
    super(message);
  }
}
