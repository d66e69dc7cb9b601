package dev.hooklake.server.cli;

import java.net.URI;

/// Where a source's provider is asked, and the key that opens it.
///
/// @param source the source's name
/// @param path where its webhooks come in
public record ProviderAccess(String source, URI api, String key, String path) {
  /// Not the key.
  @Override
  public String toString() {
    return "ProviderAccess[" + source + "]";
  }
}
