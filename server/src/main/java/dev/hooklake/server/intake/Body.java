package dev.hooklake.server.intake;

import dev.hooklake.sources.Payload;

/// A request's body as far as it could be read.
sealed interface Body {

  /// All of it, decompressed where it came compressed.
  record Whole(Payload payload) implements Body {}

  record Unusable(Rejection reason) implements Body {}
}
