package dev.hooklake.server.cli;

import java.net.URI;

/// Where a source's provider is asked, and the key that opens it.
///
/// @param source the source's name
/// @param path where the world reaches the source
public record ProviderAccess(String source, URI api, String key, String path) {
  /// Not the key.
  @Override
  public String toString() {
    return "ProviderAccess[" + source + "]";
  }
}
