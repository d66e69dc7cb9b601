package dev.hooklake.server.simulator;

import java.net.URI;
import java.time.Instant;

/// One provider that posts to one source.
///
/// @param source the source's name
/// @param url where it posts to
/// @param signedUrl the URL it was told to call, which differs behind a proxy
public record Sender(String source, URI url, String signedUrl, Provider provider) {

  /// The same, posting elsewhere and signing that.
  public Sender to(URI elsewhere) {
    return new Sender(source, elsewhere, elsewhere.toString(), provider);
  }

  public Signed sign(SimulatedEvent event, Instant at) {
    return provider.sign(event, signedUrl, at);
  }

  /// Path and query of the request.
  public String target(Signed signed) {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    String both =
        query.isEmpty() || signed.query().isEmpty()
            ? query + signed.query()
            : query + "&" + signed.query();
    return both.isEmpty() ? path : path + "?" + both;
  }
}
