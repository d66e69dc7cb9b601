package dev.hooklake.lake;

import java.io.IOException;

/// What was to be merged needs more memory than merging may take; less of it may do.
final class MergeTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  MergeTooLarge(String message, Throwable cause) {
    super(message, cause);
  }
}
