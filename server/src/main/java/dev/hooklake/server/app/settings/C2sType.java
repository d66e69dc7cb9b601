package dev.hooklake.server.app.settings;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.c2s.LeadKey;
import java.util.List;
import java.util.Optional;

/// C2S's lead webhooks.
final class C2sType implements SourceType {
  private static final Key<WebhookPlace> PATH = SourceKeys.path(null, "/api/v1/webhooks/c2s");
  private static final Key<String> SECRETS = SourceKeys.secrets("WEBHOOK_SECRET");
  private static final Key<String> EVENT_KEY =
      new Key<>(
          "sources.<name>.event-key",
          null,
          "updated-at",
          ValueType.oneOf(List.of("updated-at", "action", "body")),
          "What, beside the lead, makes two events the same: updated_at; that and the action; or that and the text.");

  @Override
  public String name() {
    return "c2s";
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
    return List.of(EVENT_KEY);
  }

  @Override
  public Source open(GivenSource given) {
    return new C2s(new C2sSettings(given.name(), given.secrets(), key(given)));
  }

  private static LeadKey key(GivenSource given) {
    return switch (given.value(EVENT_KEY)) {
      case "action" -> LeadKey.ACTION;
      case "body" -> LeadKey.BODY;
      default -> LeadKey.UPDATED_AT;
    };
  }

  @Override
  public Optional<Provider> provider(GivenSource given) {
    return given.verified() && key(given) == LeadKey.UPDATED_AT
        ? Optional.of(Provider.c2s(given.secrets().getFirst()))
        : Optional.empty();
  }

  @Override
  public String urlHint() {
    return "Append ?token= and one of the secrets: C2S can send no header.";
  }
}
