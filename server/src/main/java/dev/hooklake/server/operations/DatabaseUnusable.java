package dev.hooklake.server.operations;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The operations database cannot be used as it stands. The message says why and what to do; it
/// holds neither user names nor passwords.
public final class DatabaseUnusable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DatabaseUnusable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
