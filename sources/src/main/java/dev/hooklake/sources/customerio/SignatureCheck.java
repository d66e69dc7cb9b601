package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.Verification.Reason.SIGNATURE_MALFORMED;
import static dev.hooklake.sources.Verification.Reason.SIGNATURE_MISSING;
import static dev.hooklake.sources.Verification.Reason.SIGNATURE_WRONG;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_MALFORMED;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_MISSING;
import static dev.hooklake.sources.Verification.Reason.TIMESTAMP_OUTSIDE_TOLERANCE;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.signature.Secret;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Decides whether Customer.io signed a delivery: reads the two headers, compares with every key,
/// and looks at the time last, so that a refusal for lateness is about an authentic delivery.
final class SignatureCheck {
  private static final String VERSION_PREFIX = "v0=";
  private static final int HEX_DIGITS = 64;

  /// Twelve digits reach far beyond the year 9999 and never overflow an instant.
  private static final int MOST_SECONDS_DIGITS = 12;

  private static final Refused MISSING =
      new Refused(SIGNATURE_MISSING, "header X-CIO-Signature is missing");
  private static final Refused MALFORMED =
      new Refused(
          SIGNATURE_MALFORMED, "header X-CIO-Signature must be given once, as 64 hex digits");
  private static final Refused WRONG =
      new Refused(
          SIGNATURE_WRONG,
          "X-CIO-Signature is not the HMAC-SHA256 of v0:timestamp:body with a signing key we know");
  private static final Refused NO_TIME =
      new Refused(TIMESTAMP_MISSING, "header X-CIO-Timestamp is missing");
  private static final Refused BAD_TIME =
      new Refused(
          TIMESTAMP_MALFORMED, "header X-CIO-Timestamp must be given once, as seconds in digits");
  private static final Refused LATE =
      new Refused(
          TIMESTAMP_OUTSIDE_TOLERANCE, "X-CIO-Timestamp is outside the tolerance of this endpoint");

  private final CustomerIoSettings settings;

  SignatureCheck(CustomerIoSettings settings) {
    this.settings = settings;
  }

  Verification verify(Delivery delivery) {
    List<String> signatures = delivery.headers().all(CustomerIoSignature.SIGNATURE_HEADER);
    if (signatures.isEmpty() || signatures.equals(List.of(""))) {
      return MISSING;
    }
    byte[] claimed = claimed(signatures);
    if (claimed == null) {
      return MALFORMED;
    }
    Verification timed = verifyTimed(delivery, claimed);
    if (timed instanceof Refused && settings.bodyOnlySignatures()) {
      Verified untimed = verifyBodyOnly(delivery, claimed);
      return untimed != null ? untimed : timed;
    }
    return timed;
  }

  private static byte @Nullable [] claimed(List<String> signatures) {
    if (signatures.size() != 1) {
      return null;
    }
    String sent = signatures.get(0);
    int start = sent.startsWith(VERSION_PREFIX) ? VERSION_PREFIX.length() : 0;
    boolean whole = sent.length() - start == HEX_DIGITS;
    return whole && all(sent, start, HexFormat::isHexDigit)
        ? HexFormat.of().parseHex(sent, start, sent.length())
        : null;
  }

  /// By hand, for a pattern costs as much as half of the HMAC.
  private static boolean all(String text, int start, IntPredicate allowed) {
    for (int i = start; i < text.length(); i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeconds(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_SECONDS_DIGITS
        && all(text, 0, digit -> digit >= '0' && digit <= '9');
  }

  private Verification verifyTimed(Delivery delivery, byte[] claimed) {
    List<String> timestamps = delivery.headers().all(CustomerIoSignature.TIMESTAMP_HEADER);
    if (timestamps.isEmpty() || timestamps.equals(List.of(""))) {
      return NO_TIME;
    }
    String timestamp = timestamps.get(0);
    if (timestamps.size() != 1 || !isSeconds(timestamp)) {
      return BAD_TIME;
    }
    Secret match =
        matching(claimed, key -> CustomerIoSignature.of(key, timestamp, delivery.body()));
    if (match == null) {
      return WRONG;
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    Duration skew = Duration.between(signedAt, delivery.receivedAt());
    return tolerated(skew) ? new Verified(match.fingerprint(), skew) : LATE;
  }

  private @Nullable Verified verifyBodyOnly(Delivery delivery, byte[] claimed) {
    Secret match = matching(claimed, key -> CustomerIoSignature.ofBodyOnly(key, delivery.body()));
    return match == null ? null : new Verified(match.fingerprint(), null);
  }

  private @Nullable Secret matching(byte[] claimed, Function<Secret, byte[]> expected) {
    for (Secret secret : settings.secrets()) {
      if (MessageDigest.isEqual(claimed, expected.apply(secret))) {
        return secret;
      }
    }
    return null;
  }

  /// Two-sided: a sender must not widen its replay window by dating a delivery in the future.
  private boolean tolerated(Duration skew) {
    Duration tolerance = settings.timestampTolerance();
    return tolerance == null || skew.abs().compareTo(tolerance) <= 0;
  }
}
