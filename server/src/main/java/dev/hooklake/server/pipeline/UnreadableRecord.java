package dev.hooklake.server.pipeline;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A journal record whose payload is no event of a version this build knows. The journal's own
/// checksum held, so another build wrote it, or ours has a fault.
public final class UnreadableRecord extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  UnreadableRecord(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
