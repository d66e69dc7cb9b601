package dev.hooklake.sources.resend;

import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooks;
import java.time.Duration;
import java.util.List;

/// How one Resend endpoint of ours behaves.
///
/// @param name the source's name, as written into every table
/// @param secrets the endpoint's signing secrets, `whsec_` and what follows; several while one is
///   being changed
/// @param tolerance how far the signed time may be from the time of receipt, either way
/// @param scheme how deliveries are signed
public record ResendSettings(
    String name, List<Secret> secrets, Duration tolerance, ResendScheme scheme) {

  public ResendSettings {
    secrets = List.copyOf(secrets);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a source needs a name, for example resend");
    }
    if (secrets.isEmpty() && scheme != ResendScheme.NONE) {
      throw new IllegalArgumentException(
          name + " has no signing secret; copy the text that starts with whsec_ from its webhook");
    }
    if (tolerance.isNegative() || tolerance.isZero()) {
      throw new IllegalArgumentException(
          name + " has a timestamp tolerance of " + tolerance + "; give a positive one");
    }
  }

  /// Resend's own scheme with the tolerance its libraries use.
  public static ResendSettings of(String name, List<Secret> secrets) {
    return new ResendSettings(name, secrets, StandardWebhooks.TOLERANCE, ResendScheme.SVIX);
  }
}
