package dev.hooklake.server.intake;

import dev.hooklake.sources.Source;

/// Where one source's provider posts to, and what is let in there.
public record Endpoint(String path, Source source, SourceLimits limits) {

  /// Whether the public port answers there by itself, so that no source can have the path.
  public static boolean isTaken(String path) {
    return PublicRoutes.PAGES.contains(path);
  }
}
