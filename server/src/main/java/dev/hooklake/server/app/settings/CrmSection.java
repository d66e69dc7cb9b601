package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallLimits.BreakerLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The API of C2S: notes, leads, subscriptions.
public final class CrmSection implements Section<CrmSettings> {
  private static final String USUAL = "https://api.contact2sale.com/integration";

  static final Key<URI> URL =
      new Key<>(
          "c2s.url",
          "C2S_BASE_URL",
          USUAL,
          new ValueType<>("a URL", CrmSection::url),
          "Base URL of the API of C2S.");
  static final Key<String> TOKEN =
      new Key<>(
          "c2s.token",
          "C2S_TOKEN",
          "",
          new ValueType<>("text", Optional::of),
          "Its token, from the panel's integrations; without it no notes are written.");
  static final Key<Integer> CALLS =
      new Key<>(
          "c2s.calls-per-minute",
          null,
          "10",
          ValueType.number(1, 100_000),
          "Calls a minute, by all servers on one database together.");
  static final Key<Duration> TIMEOUT =
      new Key<>(
          "c2s.timeout", null, "30s", ValueType.TIME, "From a call to its answer's last byte.");
  static final Key<Duration> POLL =
      new Key<>(
          "c2s.poll",
          null,
          "off",
          ValueType.TIME_OR_OFF,
          "How often C2S is asked for leads that changed, so that lost webhooks are found.");

  @Override
  public String title() {
    return "The API of C2S";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(URL, TOKEN, CALLS, TIMEOUT, POLL);
  }

  @Override
  public CrmSettings read(GivenSettings given) {
    String token = given.value(TOKEN);
    Duration poll = given.value(POLL);
    if (poll.isPositive() && token.isEmpty()) {
      given.refuse(given.where(POLL), "C2S is to be polled without a token", "set " + TOKEN.name());
    }
    var limits =
        new CallLimits(
            given.value(CALLS),
            Duration.ofMinutes(1),
            4,
            given.value(TIMEOUT),
            BreakerLimits.DEFAULT);
    return new CrmSettings(given.value(URL), token, limits, poll);
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = RegistersSection.uri(text);
      boolean usable = String.valueOf(url.getScheme()).startsWith("http") && url.getHost() != null;
      return usable ? Optional.of(url) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
