package dev.hooklake.server.app.settings;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioScheme;
import dev.hooklake.sources.twilio.TwilioSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Twilio's status callbacks, inbound messages and Event Streams.
final class TwilioType implements SourceType {
  private static final Key<WebhookPlace> PATH =
      SourceKeys.path("TWILIO_WEBHOOK_URL", "/webhooks/twilio");
  private static final Key<String> SECRETS = SourceKeys.secrets("TWILIO_AUTH_TOKEN");
  static final Key<String> ACCOUNT_SIDS =
      new Key<>(
          "sources.<name>.account-sids",
          "TWILIO_ACCOUNT_SID",
          "",
          ValueType.TEXT,
          "Accounts whose events are wanted, those of others go to quarantine; none for any that knows a token.");
  private static final Key<String> SIGNATURE =
      new Key<>(
          "sources.<name>.signature",
          null,
          "twilio",
          ValueType.oneOf(List.of("twilio", "body-sha256")),
          "body-sha256 is what an older guide has instead of Twilio's own.");

  @Override
  public String name() {
    return "twilio";
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
    return List.of(ACCOUNT_SIDS, SIGNATURE);
  }

  @Override
  public Source open(GivenSource given) {
    return new Twilio(
        new TwilioSettings(
            given.name(),
            given.secrets(),
            Set.copyOf(given.texts(ACCOUNT_SIDS)),
            given.address(),
            scheme(given)));
  }

  private static TwilioScheme scheme(GivenSource given) {
    if (!given.verified()) {
      return TwilioScheme.NONE;
    }
    return given.value(SIGNATURE).equals("twilio") ? TwilioScheme.TWILIO : TwilioScheme.BODY_SHA256;
  }

  @Override
  public String urlHint() {
    return "append #rc=5&rp=5xx,ct,rt, else Twilio repeats nothing but failed connections";
  }

  @Override
  public Optional<Provider> provider(GivenSource given) {
    return given.verified() && given.value(SIGNATURE).equals("twilio")
        ? Optional.of(
            Provider.twilio(
                given.secrets().getFirst(), given.texts(ACCOUNT_SIDS).stream().findFirst()))
        : Optional.empty();
  }
}
