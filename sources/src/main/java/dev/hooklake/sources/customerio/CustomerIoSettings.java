package dev.hooklake.sources.customerio;

import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one Customer.io endpoint of ours behaves.
///
/// @param name the source's name, as written into every table
/// @param secrets the signing keys; several while a key is being changed
/// @param timestampTolerance how far the signed time may be from the time of receipt, either way;
///   null accepts any, since nothing says that Customer.io signs a retry anew, and a refused retry
///   stalls its queue for an hour
/// @param bodyOnlySignatures also accept an HMAC of the body alone, as an older guide has it
/// @param eventEnvelopes also accept the older guide's `{"events":[...]}` with metrics such as
///   `email_delivered` and no object type
public record CustomerIoSettings(
    String name,
    List<Secret> secrets,
    @Nullable Duration timestampTolerance,
    boolean bodyOnlySignatures,
    boolean eventEnvelopes) {

  public CustomerIoSettings {
    secrets = List.copyOf(secrets);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a source needs a name, for example customerio");
    }
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException(
          name + " has no signing secret; copy the key from Customer.io's reporting webhooks page");
    }
    if (timestampTolerance != null
        && (timestampTolerance.isNegative() || timestampTolerance.isZero())) {
      throw new IllegalArgumentException(
          name + " has a timestamp tolerance of " + timestampTolerance + "; give a positive one");
    }
  }

  /// The provider's own shapes only, and no limit on the signed time.
  public static CustomerIoSettings of(String name, List<Secret> secrets) {
    return new CustomerIoSettings(name, secrets, null, false, false);
  }
}
