package dev.hooklake.sources;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a source says of a delivery's signature.
public sealed interface Verification {

  /// Authentic. `keyFingerprint` names the key that matched without revealing it; `skew` is our
  /// receipt time minus the signed time, null where the source signs none.
  record Verified(String keyFingerprint, @Nullable Duration skew) implements Verification {}

  /// Not authentic, or not provably so. The message holds no value from the request.
  record Refused(Reason reason, String message) implements Verification {}

  /// Why a delivery is refused; used as a metric label.
  enum Reason {
    SIGNATURE_MISSING,
    SIGNATURE_MALFORMED,
    SIGNATURE_WRONG,
    TIMESTAMP_MISSING,
    TIMESTAMP_MALFORMED,
    TIMESTAMP_OUTSIDE_TOLERANCE
  }
}
