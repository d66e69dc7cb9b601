package dev.hooklake.sources;

/// What the server knows of the connection that a delivery came over.
///
/// @param scheme `http` or `https`, as this server itself saw it
/// @param trustedProxy whether the other end is one of our own proxies, so that its `Forwarded-`
///   headers may be believed
public record Peer(String scheme, boolean trustedProxy) {
  public static final Peer DIRECT = new Peer("http", false);
}
