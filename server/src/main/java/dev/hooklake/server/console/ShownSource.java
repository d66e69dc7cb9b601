package dev.hooklake.server.console;

import java.util.List;

/// A configured source, as far as pages may show it.
///
/// @param url what to paste at the provider, without any secret
/// @param fingerprints of its keys, which do not give them away
public record ShownSource(String name, String url, List<String> fingerprints, boolean verified) {
  public ShownSource {
    fingerprints = List.copyOf(fingerprints);
  }
}
