package dev.hooklake.server.app.settings;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Customer.io's reporting webhooks.
final class CustomerIoType implements SourceType {
  private static final Key<WebhookPlace> PATH = SourceKeys.path(null, "/webhook/customerio");
  private static final Key<String> SECRETS = SourceKeys.secrets("CUSTOMERIO_WEBHOOK_SECRET");
  private static final Key<Duration> TIMESTAMP_TOLERANCE =
      new Key<>(
          "sources.<name>.timestamp-tolerance",
          null,
          "off",
          ValueType.TIME_OR_OFF,
          "How far the signed time may be from ours; off, because a refused retry stalls the queue.");
  private static final Key<Boolean> BODY_ONLY_SIGNATURES =
      new Key<>(
          "sources.<name>.body-only-signatures",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts an HMAC of the body alone, as an older guide has it.");
  private static final Key<Boolean> EVENT_ENVELOPES =
      new Key<>(
          "sources.<name>.event-envelopes",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts the older guide's {\"events\": [...]} bodies.");

  @Override
  public String name() {
    return "customerio";
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
    return List.of(TIMESTAMP_TOLERANCE, BODY_ONLY_SIGNATURES, EVENT_ENVELOPES);
  }

  @Override
  public Source open(GivenSource given) {
    Duration tolerance = given.value(TIMESTAMP_TOLERANCE);
    return new CustomerIo(
        new CustomerIoSettings(
            given.name(),
            given.verified() ? given.secrets() : List.of(Secret.of("never compared")),
            tolerance.isZero() ? null : tolerance,
            given.value(BODY_ONLY_SIGNATURES),
            given.value(EVENT_ENVELOPES)));
  }

  @Override
  public Optional<Provider> provider(GivenSource given) {
    return given.verified()
        ? Optional.of(Provider.customerIo(given.secrets().getFirst()))
        : Optional.empty();
  }
}
