package dev.hooklake.server.app.settings;

import dev.hooklake.server.intake.AddressBlock;
import dev.hooklake.server.intake.Endpoint;
import dev.hooklake.server.intake.SourceLimits;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.signature.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who sends.
///
/// The sources that the file names are started. Without any in the file, each type starts whose
/// secret the environment gives; in development mode, and for those who only look, all that the
/// environment could give.
public final class SourcesSection implements Section<List<SourceSettings>> {
  private static final String PREFIX = "sources.";
  private static final Key<String> TYPE =
      new Key<>(
          "sources.<name>.type",
          null,
          "<name>",
          ValueType.oneOf(SourceTypes.names()),
          "Whose webhooks these are; a source that bears the name of a type need not say it.");
  private static final List<Key<?>> OF_ALL_TYPES =
      List.of(TYPE, SourceKeys.RATE_LIMIT, SourceKeys.ALLOWED_ADDRESSES);

  /// The environment variables that start a source each.
  public static List<String> secretVariables() {
    return startable().map(type -> type.secrets().env()).filter(Objects::nonNull).toList();
  }

  private static Stream<SourceType> startable() {
    return SourceTypes.ALL.stream().filter(type -> type.secrets().env() != null);
  }

  @Override
  public String title() {
    return "A source";
  }

  @Override
  public List<Key<?>> keys() {
    return tables().stream().<Key<?>>flatMap(table -> table.keys().stream()).toList();
  }

  @Override
  public List<KeyTable> tables() {
    var tables = new ArrayList<KeyTable>();
    tables.add(new KeyTable(title(), OF_ALL_TYPES));
    for (SourceType type : SourceTypes.OWN) {
      tables.add(new KeyTable("A source of type " + type.name(), ownKeys(type)));
    }
    return tables;
  }

  private static List<Key<?>> ownKeys(SourceType type) {
    return Stream.concat(Stream.of(type.path(), type.secrets()), type.further().stream()).toList();
  }

  /// Those that the environment could start.
  @Override
  public List<Key<?>> inSample() {
    return startable()
        .<Key<?>>flatMap(type -> allKeys(type).stream().map(key -> key.of(type.name())))
        .toList();
  }

  private static List<Key<?>> allKeys(SourceType type) {
    return Stream.concat(OF_ALL_TYPES.stream(), ownKeys(type).stream()).toList();
  }

  /// What stands below a source is looked at with its type.
  @Override
  public boolean covers(String name) {
    return name.matches("sources\\.[^.]+\\..+");
  }

  @Override
  public List<SourceSettings> read(GivenSettings given) {
    refuseUnverifiedInProduction(given);
    List<String> names = given.members(PREFIX);
    List<SourceSettings> sources =
        names.isEmpty()
            ? fromEnvironment(given)
            : names.stream()
                .flatMap(name -> type(given, name).map(type -> source(given, type, name)).stream())
                .flatMap(Optional::stream)
                .toList();
    refuseSharedPaths(given, sources);
    SourceAdvice.give(given, sources);
    return sources;
  }

  private static void refuseUnverifiedInProduction(GivenSettings given) {
    if (!given.value(GeneralSection.VERIFY_SIGNATURES)
        && !given.value(GeneralSection.DEVELOPMENT)) {
      given.refuse(
          given.where(GeneralSection.VERIFY_SIGNATURES),
          "signatures are left unverified in development mode only",
          "take it away, or set " + GeneralSection.DEVELOPMENT.env() + "=true to try things out");
    }
  }

  private static List<SourceSettings> fromEnvironment(GivenSettings given) {
    List<SourceType> withSecret = startable().filter(type -> given.given(type.secrets())).toList();
    boolean secretsNeeded = given.secretsNeeded() && !given.value(GeneralSection.DEVELOPMENT);
    if (withSecret.isEmpty() && secretsNeeded) {
      given.refuse(
          "sources",
          "there is no source and no secret, so nobody could be trusted",
          "set "
              + String.join(", ", secretVariables())
              + " or several of them, or "
              + GeneralSection.DEVELOPMENT.env()
              + "=true to try things out");
      return List.of();
    }
    return (withSecret.isEmpty() ? startable() : withSecret.stream())
        .flatMap(type -> source(given, type, type.name()).stream())
        .toList();
  }

  private static Optional<SourceType> type(GivenSettings given, String name) {
    Key<String> key = TYPE.of(name);
    String written = given.given(key) ? String.join(",", given.texts(key)) : name;
    Optional<SourceType> type = SourceTypes.named(written);
    if (type.isEmpty()) {
      given.refuse(
          given.whereIs(given.given(key) ? key.name() : PREFIX + name),
          given.given(key) ? "its type is none there is" : "source " + name + " has no type",
          "give one of " + String.join(", ", SourceTypes.names()));
    }
    return type;
  }

  private static Optional<SourceSettings> source(
      GivenSettings given, SourceType type, String name) {
    given.refuseUnknown(named -> named.startsWith(PREFIX + name + "."), allKeys(type));
    Key<WebhookPlace> pathKey = GivenSource.key(type.path(), type, name);
    WebhookPlace place = given.value(pathKey);
    if (Endpoint.isTaken(place.path())) {
      given.refuse(given.where(pathKey), "the server itself answers there", "give another path");
    }
    var one = new GivenSource(given, type, name, secrets(given, type, name), baseUrl(given, place));
    var limits =
        new SourceLimits(
            given.value(SourceKeys.RATE_LIMIT.of(name)).orElse(null),
            given.each(SourceKeys.ALLOWED_ADDRESSES.of(name), AddressBlock::parse));
    return opened(one)
        .map(source ->
            new SourceSettings(
                type.name(),
                new Endpoint(place.path(), source, limits),
                one.secrets(),
                one.publicUrl(),
                type.provider(one).orElse(null),
                type.urlHint()));
  }

  private static Optional<Source> opened(GivenSource one) {
    return one.given()
        .checked(
            PREFIX + one.name(),
            () -> {
              Source source = one.type().open(one);
              return Optional.of(one.verified() ? source : new UnverifiedSource(source));
            },
            Optional::empty);
  }

  private static List<Secret> secrets(GivenSettings given, SourceType type, String name) {
    Key<String> key = GivenSource.key(type.secrets(), type, name);
    List<Secret> secrets = given.texts(key).stream().map(Secret::of).toList();
    boolean development = given.value(GeneralSection.DEVELOPMENT);
    if (secrets.isEmpty() && given.secretsNeeded() && !development) {
      given.refuse(
          given.where(key),
          "source " + name + " has no secret, so nobody could be trusted",
          "set "
              + (key.env() == null ? key.name() : key.env())
              + " to the provider's signing key, or "
              + GeneralSection.DEVELOPMENT.env()
              + "=true to try things out");
    }
    return given.value(GeneralSection.VERIFY_SIGNATURES) ? secrets : List.of();
  }

  private static @Nullable String baseUrl(GivenSettings given, WebhookPlace place) {
    String ofAll = given.value(IntakeSection.PUBLIC_URL);
    return place.baseUrl() != null ? place.baseUrl() : ofAll.isEmpty() ? null : ofAll;
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
}
