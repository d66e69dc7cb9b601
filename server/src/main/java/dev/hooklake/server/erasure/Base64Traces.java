package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/// How a value looks inside base64 text, wherever in it the value begins.
///
/// Base64 writes three bytes as four characters, so a value has three looks, one for each place in
/// a group; the characters at its ends depend on its neighbours and are left out.
final class Base64Traces {
  /// Shorter ones turn up by chance.
  private static final int LEAST_CHARACTERS = 8;

  private Base64Traces() {}

  static Set<String> of(String value) {
    var looks = new HashSet<String>();
    byte[] bytes = value.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) {
      byte[] placed = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, placed, before, bytes.length);
      int from = (before * 8 + 5) / 6;
      int to = placed.length * 8 / 6;
      if (to - from >= LEAST_CHARACTERS) {
        looks.add(Base64.getEncoder().encodeToString(placed).substring(from, to));
        looks.add(Base64.getUrlEncoder().encodeToString(placed).substring(from, to));
      }
    }
    return looks;
  }
}
