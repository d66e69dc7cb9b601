package dev.hooklake.providers.customerio;

import java.io.IOException;

/// A file that is no export of deliveries, or not whole. The message says why, without a value of
/// the file.
public final class UnusableExport extends IOException {
  private static final long serialVersionUID = 1L;

  public UnusableExport(String message) {
    super(message);
  }
}
