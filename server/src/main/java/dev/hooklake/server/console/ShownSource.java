package dev.hooklake.server.console;

import java.util.List;

/// A configured source, as far as pages may show it.
///
/// @param place what to paste at the provider
/// @param fingerprints of its keys, which do not give them away
public record ShownSource(
    String name, String type, Place place, List<String> fingerprints, boolean verified) {
  public ShownSource {
    fingerprints = List.copyOf(fingerprints);
  }

  /// Where its provider posts to, without any secret.
  ///
  /// @param reachable from elsewhere; else it is only this machine's own name
  /// @param hint what to mind when it is pasted; may be empty
  public record Place(String url, boolean reachable, String hint) {}

  public String url() {
    return place.url();
  }
}
