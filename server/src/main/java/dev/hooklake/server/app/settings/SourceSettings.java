package dev.hooklake.server.app.settings;

import dev.hooklake.sources.Source;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.util.List;

/// One configured source.
///
/// @param path where its provider posts to
/// @param secrets none only in development mode: then nothing is verified
/// @param timestampTolerance zero for off
public record SourceSettings(
    String name,
    String path,
    List<Secret> secrets,
    Duration timestampTolerance,
    boolean bodyOnlySignatures,
    boolean eventEnvelopes) {

  public SourceSettings {
    secrets = List.copyOf(secrets);
  }

  public Source open() {
    boolean verified = !secrets.isEmpty();
    var source =
        new CustomerIo(
            new CustomerIoSettings(
                name,
                verified ? secrets : List.of(Secret.of("never compared")),
                timestampTolerance.isZero() ? null : timestampTolerance,
                bodyOnlySignatures,
                eventEnvelopes));
    return verified ? source : new UnverifiedSource(source);
  }
}
