package dev.hooklake.server.access;

import java.security.SecureRandom;
import java.util.Base64;

/// Texts that nobody can guess: 256 random bits, fit for a URL.
final class RandomText {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomText() {}

  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
