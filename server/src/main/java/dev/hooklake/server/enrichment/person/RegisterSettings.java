package dev.hooklake.server.enrichment.person;

import java.net.URI;
import java.util.Set;

/// Where a register is, how we prove who we are, and what may be taken from it.
///
/// @param user empty where the register knows a token only
/// @param secret password or token; never printed
public record RegisterSettings(
    String name, URI url, String user, String secret, Set<ProfileField> allowed) {
  public RegisterSettings {
    allowed = Set.copyOf(allowed);
    if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "the URL of " + name + " must begin with https:// (or http://) and name a host");
    }
  }

  /// Ends without a slash.
  String base() {
    return url.toString().replaceAll("/+$", "");
  }

  @Override
  public String toString() {
    return "RegisterSettings[" + name + "]";
  }
}
