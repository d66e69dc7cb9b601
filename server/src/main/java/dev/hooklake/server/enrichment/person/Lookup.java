package dev.hooklake.server.enrichment.person;

import dev.hooklake.server.enrichment.call.Failure;

/// What came of asking a register.
public sealed interface Lookup<T> {

  record Found<T>(T value) implements Lookup<T> {}

  /// The register answered, and knows nothing.
  record Unknown<T>() implements Lookup<T> {}

  record Failed<T>(Failure failure) implements Lookup<T> {}
}
