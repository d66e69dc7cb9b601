package dev.hooklake.sources.signature;

import dev.hooklake.sources.Headers;

/// Sends JSON as somebody who repeats a token in a header.
public final class SharedTokenSigner {
  private final String header;
  private final Secret token;

  public SharedTokenSigner(String header, Secret token) {
    this.header = header;
    this.token = token;
  }

  /// The headers of every request.
  public Headers sign() {
    return Headers.of("content-type", "application/json", header, token.text());
  }
}
