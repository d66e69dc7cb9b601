package dev.hooklake.server.app.settings;

import dev.hooklake.server.intake.RateLimit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Settings that sources have in common.
final class SourceKeys {
  static final Key<Optional<RateLimit>> RATE_LIMIT =
      new Key<>(
          "sources.<name>.rate-limit",
          "WEBHOOK_RATE_LIMIT",
          "off",
          ValueType.RATE_OR_OFF,
          "Authentic deliveries that are taken; more are told to come back later. The variable is for all sources.");
  static final Key<String> ALLOWED_ADDRESSES =
      new Key<>(
          "sources.<name>.allowed-addresses",
          null,
          "",
          ValueType.TEXT,
          "Addresses or blocks such as 192.0.2.0/24 that may send; none for any.");

  private SourceKeys() {}

  static Key<WebhookPlace> path(@Nullable String env, String usual) {
    return new Key<>(
        "sources.<name>.path", env, usual, ValueType.WEBHOOK_PLACE, "Where the provider posts to.");
  }

  static Key<String> secrets(@Nullable String env) {
    return new Key<>(
        "sources.<name>.secrets",
        env,
        "",
        ValueType.TEXT,
        "Signing keys, a list or comma separated; several while one is being changed.");
  }
}
