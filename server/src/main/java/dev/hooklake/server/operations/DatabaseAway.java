package dev.hooklake.server.operations;

import java.io.Serial;

/// The operations database does not serve now: its server is gone, its disk is full, another
/// process holds it. Nothing of the transaction is stored; later the same may succeed. The message
/// says why and where, and nothing of what was asked.
public final class DatabaseAway extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DatabaseAway(String message) {
    super(message);
  }
}
