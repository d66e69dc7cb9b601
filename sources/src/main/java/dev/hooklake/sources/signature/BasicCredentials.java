package dev.hooklake.sources.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.Verification.Reason;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Verifies HTTP Basic authentication; each secret is a whole `user:password`.
public final class BasicCredentials implements Verifier {
  private static final String SCHEME = "basic ";
  private static final int MAX_CHARS = 1024;

  private final List<Secret> credentials;

  public BasicCredentials(List<Secret> credentials) {
    if (credentials.isEmpty()) {
      throw new IllegalArgumentException("no credentials to compare with; give user:password");
    }
    if (credentials.stream().anyMatch(secret -> secret.text().indexOf(':') < 1)) {
      throw new IllegalArgumentException("Basic credentials are written user:password");
    }
    this.credentials = List.copyOf(credentials);
  }

  /// The header a sender with these credentials sends.
  public static Headers sign(Secret credentials) {
    return Headers.of(
        "authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.key()));
  }

  @Override
  public Verification verify(Delivery delivery) {
    Optional<String> header = delivery.headers().single("authorization");
    if (header.isEmpty()) {
      return new Verification.Refused(
          Reason.SIGNATURE_MISSING, "one Authorization header is needed");
    }
    Optional<byte[]> presented = decoded(header.get());
    if (presented.isEmpty()) {
      return new Verification.Refused(
          Reason.SIGNATURE_MALFORMED, "the Authorization header is not Basic and base64");
    }
    return credentials.stream()
        .filter(secret -> MessageDigest.isEqual(secret.key(), presented.get()))
        .findFirst()
        .<Verification>map(secret -> new Verification.Verified(secret.fingerprint(), null))
        .orElseGet(() ->
            new Verification.Refused(
                Reason.SIGNATURE_WRONG, "user or password is not one of ours"));
  }

  @Override
  public Optional<Delivery> sign(Delivery delivery) {
    return Optional.of(delivery.with(sign(credentials.get(0))));
  }

  private static Optional<byte[]> decoded(String header) {
    if (header.length() > MAX_CHARS || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Base64.getDecoder().decode(header.substring(SCHEME.length()).strip().getBytes(UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
