package dev.hooklake.journal.disk;

import java.io.IOException;

/// There was no room for a write; some of it may have been written.
public final class DiskFullException extends IOException {

  private static final long serialVersionUID = 1;

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
