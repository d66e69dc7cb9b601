package dev.hooklake.server.app.settings;

import dev.hooklake.sources.signature.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

/// Who sends.
///
/// Without any in the file there is Customer.io, with its secret from the environment.
public final class SourcesSection implements Section<List<SourceSettings>> {
  private static final String PREFIX = "sources.";

  static final Key<String> TYPE =
      new Key<>(
          "sources.<name>.type",
          null,
          "customerio",
          ValueType.oneOf(List.of("customerio")),
          "The provider.");
  static final Key<String> PATH =
      new Key<>(
          "sources.<name>.path",
          null,
          "/webhook/customerio",
          ValueType.REQUEST_PATH,
          "Where the provider posts to.");
  public static final Key<String> SECRETS =
      new Key<>(
          "sources.<name>.secrets",
          "CUSTOMERIO_WEBHOOK_SECRET",
          "",
          ValueType.TEXT,
          "Signing keys, a list or comma separated; several while one is being changed.");
  static final Key<Duration> TIMESTAMP_TOLERANCE =
      new Key<>(
          "sources.<name>.timestamp-tolerance",
          null,
          "off",
          ValueType.TIME_OR_OFF,
          "How far the signed time may be from ours; off, because a refused retry stalls the queue.");
  static final Key<Boolean> BODY_ONLY_SIGNATURES =
      new Key<>(
          "sources.<name>.body-only-signatures",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts an HMAC of the body alone, as an older guide has it.");
  static final Key<Boolean> EVENT_ENVELOPES =
      new Key<>(
          "sources.<name>.event-envelopes",
          null,
          "false",
          ValueType.SWITCH,
          "Also accepts the older guide's {\"events\": [...]} bodies.");

  @Override
  public String title() {
    return "A source";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(TYPE, PATH, SECRETS, TIMESTAMP_TOLERANCE, BODY_ONLY_SIGNATURES, EVENT_ENVELOPES);
  }

  @Override
  public List<Key<?>> inSample() {
    return keys().stream().<Key<?>>map(key -> key.of("customerio")).toList();
  }

  @Override
  public List<SourceSettings> read(GivenSettings given) {
    List<String> names = given.members(PREFIX);
    List<SourceSettings> sources =
        names.isEmpty()
            ? List.of(source(given, "customerio", true))
            : names.stream().map(name -> source(given, name, false)).toList();
    refuseSharedPaths(given, sources);
    return sources;
  }

  private static void refuseSharedPaths(GivenSettings given, List<SourceSettings> sources) {
    var byPath = new HashMap<String, String>();
    for (SourceSettings source : sources) {
      String other = byPath.putIfAbsent(source.path(), source.name());
      if (other != null) {
        given.refuse(
            PREFIX + source.name(),
            "its path " + source.path() + " is also that of " + other,
            "give each source a path of its own");
      }
    }
  }

  private static SourceSettings source(GivenSettings given, String name, boolean fromEnv) {
    Key<String> secretKey = in(name, SECRETS, fromEnv);
    List<Secret> secrets = given.texts(secretKey).stream().map(Secret::of).toList();
    if (secrets.isEmpty() && !given.value(GeneralSection.DEVELOPMENT)) {
      given.refuse(
          given.where(secretKey),
          "source " + name + " has no secret, so nobody could be trusted",
          "set "
              + (fromEnv ? SECRETS.env() : secretKey.name())
              + " to the provider's signing key, or "
              + GeneralSection.DEVELOPMENT.env()
              + "=true to try things out");
    }
    given.value(in(name, TYPE, fromEnv));
    return new SourceSettings(
        name,
        given.value(in(name, PATH, fromEnv)),
        secrets,
        given.value(in(name, TIMESTAMP_TOLERANCE, fromEnv)),
        given.value(in(name, BODY_ONLY_SIGNATURES, fromEnv)),
        given.value(in(name, EVENT_ENVELOPES, fromEnv)));
  }

  private static <T> Key<T> in(String source, Key<T> key, boolean fromEnv) {
    return fromEnv ? key.of(source) : key.of(source).onlyInFile();
  }
}
