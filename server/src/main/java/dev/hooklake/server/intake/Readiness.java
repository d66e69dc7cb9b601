package dev.hooklake.server.intake;

import java.util.Optional;

/// Whether a delivery that came now could be stored.
@FunctionalInterface
public interface Readiness {

  /// Why it could not; empty when it could.
  Optional<String> obstacle();
}
