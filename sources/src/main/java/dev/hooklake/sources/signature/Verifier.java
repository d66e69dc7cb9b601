package dev.hooklake.sources.signature;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Verification;

/// Decides whether a delivery comes from whom it says. Reads the delivery's own time of receipt, no
/// clock; reports the key that matched by its fingerprint only.
@FunctionalInterface
public interface Verifier {
  Verification verify(Delivery delivery);
}
