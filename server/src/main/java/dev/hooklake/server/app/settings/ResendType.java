package dev.hooklake.server.app.settings;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendScheme;
import dev.hooklake.sources.resend.ResendSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Resend's webhooks.
final class ResendType implements SourceType {
  private static final Key<WebhookPlace> PATH =
      SourceKeys.path("RESEND_WEBHOOK_URL", "/webhooks/resend");
  private static final Key<String> SECRETS = SourceKeys.secrets("RESEND_WEBHOOK_SECRET");
  private static final Key<Duration> TIMESTAMP_TOLERANCE =
      new Key<>(
          "sources.<name>.timestamp-tolerance",
          null,
          "5m",
          ValueType.TIME,
          "How far the signed time may be from ours, either way; each attempt is signed anew.");
  private static final Key<String> SIGNATURE =
      new Key<>(
          "sources.<name>.signature",
          null,
          "svix",
          ValueType.oneOf(List.of("svix", "body-sha256")),
          "body-sha256 is what an older guide has instead of Resend's own.");

  @Override
  public String name() {
    return "resend";
  }

  @Override
  public Key<WebhookPlace> path() {
    return PATH;
  }

  @Override
  public Key<String> secrets() {
    return SECRETS;
  }

  @Override
  public List<Key<?>> further() {
    return List.of(TIMESTAMP_TOLERANCE, SIGNATURE);
  }

  @Override
  public Source open(GivenSource given) {
    return new Resend(
        new ResendSettings(
            given.name(), given.secrets(), given.value(TIMESTAMP_TOLERANCE), scheme(given)));
  }

  private static ResendScheme scheme(GivenSource given) {
    if (!given.verified()) {
      return ResendScheme.NONE;
    }
    return given.value(SIGNATURE).equals("svix") ? ResendScheme.SVIX : ResendScheme.BODY_SHA256;
  }

  @Override
  public Optional<Provider> provider(GivenSource given) {
    return given.verified() && given.value(SIGNATURE).equals("svix")
        ? Optional.of(Provider.resend(given.secrets().getFirst()))
        : Optional.empty();
  }
}
