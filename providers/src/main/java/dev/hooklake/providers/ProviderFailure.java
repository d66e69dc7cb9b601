package dev.hooklake.providers;

/// A failure that the caller chose not to look at, see [Answer#orThrow].
public final class ProviderFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProviderFailure(Failure why) {
    super(why.message());
  }
}
