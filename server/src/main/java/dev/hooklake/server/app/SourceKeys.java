package dev.hooklake.server.app;

import java.time.Duration;
import java.util.List;

/// The settings of one source; in the file they stand below `sources.<name>`.
final class SourceKeys {
  static final String PREFIX = "sources.";
  static final String SECRETS = "secrets";

  static final Key<String> TYPE =
      new Key<>(
          "type", null, "customerio", ValueType.oneOf(List.of("customerio")), "The provider.");
  static final Key<String> PATH =
      new Key<>(
          "path",
          null,
          "/webhook/customerio",
          ValueType.REQUEST_PATH,
          "Where the provider posts to.");
  static final Key<String> SECRET_LIST =
      new Key<>(
          SECRETS,
          "CUSTOMERIO_WEBHOOK_SECRET",
          "",
          ValueType.TEXT,
          "Signing keys, a list or comma separated; several while one is being changed.");
  static final Key<Duration> TIMESTAMP_TOLERANCE =
      new Key<>(
          "timestamp-tolerance",
          null,
          "off",
          ValueType.TIME_OR_OFF,
          "How far the signed time may be from ours; off, because a refused retry stalls the queue.");
  static final Key<Boolean> BODY_ONLY_SIGNATURES =
      new Key<>(
          "body-only-signatures",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts an HMAC of the body alone, as an older guide has it.");
  static final Key<Boolean> EVENT_ENVELOPES =
      new Key<>(
          "event-envelopes",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts the older guide's {\"events\": [...]} bodies.");

  static final List<Key<?>> ALL =
      List.of(TYPE, PATH, SECRET_LIST, TIMESTAMP_TOLERANCE, BODY_ONLY_SIGNATURES, EVENT_ENVELOPES);

  private SourceKeys() {}
}
