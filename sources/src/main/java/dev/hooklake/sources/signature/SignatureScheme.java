package dev.hooklake.sources.signature;

import dev.hooklake.sources.PublicAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a sender signs, apart from its keys.
///
/// @param signature where the signature stands
/// @param encoding how it is written there
/// @param content what it is computed over
/// @param timestamp where the signed time stands and how far it may be off; null when none is
///   signed
/// @param address under which URL we are called, for senders that sign it
public record SignatureScheme(
    Place signature,
    SignatureEncoding encoding,
    SignedContent content,
    @Nullable Timestamp timestamp,
    PublicAddress address) {

  public SignatureScheme {
    if (content.usesTimestamp() && timestamp == null) {
      throw new IllegalArgumentException(
          "the signed content " + content + " has a {timestamp}; say where it stands");
    }
  }

  /// The widespread one: the encoded signature of the body in a header.
  public static SignatureScheme ofBody(Place signature, SignatureEncoding encoding) {
    return new SignatureScheme(
        signature, encoding, SignedContent.parse("{body}"), null, PublicAddress.OF_REQUEST);
  }

  /// Where the signed time stands, in seconds since the epoch, and how far it may be from the time
  /// of receipt, either way.
  public record Timestamp(Place place, Duration tolerance) {
    public Timestamp {
      if (tolerance.isNegative() || tolerance.isZero()) {
        throw new IllegalArgumentException(
            "a timestamp tolerance of " + tolerance + "; give a positive one, for example PT5M");
      }
    }
  }
}
