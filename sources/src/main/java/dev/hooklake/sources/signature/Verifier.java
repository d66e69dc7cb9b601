package dev.hooklake.sources.signature;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Verification;
import java.util.Optional;

/// Decides whether a delivery comes from whom it says. Reads the delivery's own time of receipt, no
/// clock; reports the key that matched by its fingerprint only.
@FunctionalInterface
public interface Verifier {
  Verification verify(Delivery delivery);

  /// The delivery as its sender would prove it, with our first key, for a test of our own; empty
  /// where our keys only verify.
  default Optional<Delivery> sign(Delivery delivery) {
    return Optional.empty();
  }
}
