package dev.hooklake.lake;

import java.io.Serial;

/// A table in the lake is not what our rows need; trying again cannot help. The message names table
/// and column, never a value.
final class TableRefused extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TableRefused(String message) {
    super(message);
  }
}
