package dev.hooklake.server.enrichment;

import java.io.Serial;

/// A run that had begun ended with a fault of ours, the cause.
final class Faulted extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int run;
  private final RuntimeException fault;

  Faulted(int run, RuntimeException fault) {
    super(fault);
    this.run = run;
    this.fault = fault;
  }

  int run() {
    return run;
  }

  RuntimeException fault() {
    return fault;
  }
}
