package dev.hooklake.sources.signature;

import dev.hooklake.sources.Verification;
import java.io.Serial;

/// Ends a verification early; never leaves this package.
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Verification.Refused refused;

  Refusal(Verification.Reason reason, String message) {
    // A refusal is an expected outcome: no stack trace, which anybody could make us pay for.
    super(message, null, false, false);
    this.refused = new Verification.Refused(reason, message);
  }

  Verification.Refused refused() {
    return refused;
  }
}
