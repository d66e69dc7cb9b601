package dev.hooklake.sources.signature;

import dev.hooklake.sources.Verification.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// The time a sender signed: seconds since the epoch, and the very text, since that was signed.
record SignedTime(String text, Instant instant) {
  /// Twelve digits reach the year 33658; more could overflow what follows.
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  static SignedTime read(String text) throws Refusal {
    if (!SECONDS.matcher(text).matches()) {
      throw new Refusal(
          Reason.TIMESTAMP_MALFORMED, "the signed time is not whole seconds since the epoch");
    }
    return new SignedTime(text, Instant.ofEpochSecond(Long.parseLong(text)));
  }

  /// Receipt minus signing.
  Duration skew(Instant receivedAt) {
    return Duration.between(instant, receivedAt);
  }

  void within(Duration tolerance, Instant receivedAt) throws Refusal {
    // Two-sided: a sender must not widen its replay window by dating a delivery in the future.
    if (skew(receivedAt).abs().compareTo(tolerance) > 0) {
      throw new Refusal(
          Reason.TIMESTAMP_OUTSIDE_TOLERANCE,
          "the signed time is more than " + tolerance.toSeconds() + " s from the time of receipt");
    }
  }
}
