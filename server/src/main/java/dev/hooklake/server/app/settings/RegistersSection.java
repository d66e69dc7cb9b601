package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.call.CallLimits;
import dev.hooklake.server.enrichment.call.CallLimits.BreakerLimits;
import dev.hooklake.server.enrichment.person.ProfileField;
import dev.hooklake.server.enrichment.person.RegisterSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The registers of people that leads are looked up in. None has an address by default: which one
/// may be asked, and whether, is the operator's decision.
public final class RegistersSection implements Section<Registers> {
  private static final List<String> SHAPES = List.of("diretrix", "workapi");
  private static final Duration PER = Duration.ofMinutes(1);

  static final Key<String> FINDER_SHAPE =
      shape(
          "enrichment.finder.shape",
          "diretrix",
          "How the register that knows whose a contact is talks.");
  static final Key<String> FINDER_URL = url("enrichment.finder.url", "DIRETRIX_BASE_URL");
  static final Key<String> FINDER_USER =
      text("enrichment.finder.user", "DIRETRIX_USER", "User, where it asks for one.");
  static final Key<String> FINDER_SECRET =
      text("enrichment.finder.secret", "DIRETRIX_PASS", "Its password or token.");
  static final Key<Integer> FINDER_CALLS = calls("enrichment.finder.calls-per-minute");
  static final Key<Duration> FINDER_TIMEOUT = timeout("enrichment.finder.timeout");

  static final Key<String> REGISTER_SHAPE =
      shape(
          "enrichment.register.shape",
          "workapi",
          "How the register that tells more of a person talks.");
  static final Key<String> REGISTER_URL = url("enrichment.register.url", null);
  static final Key<String> REGISTER_USER =
      text("enrichment.register.user", null, "User, where it asks for one.");
  static final Key<String> REGISTER_SECRET =
      text("enrichment.register.secret", "WORK_API", "Its password or token.");
  static final Key<Integer> REGISTER_CALLS = calls("enrichment.register.calls-per-minute");
  static final Key<Duration> REGISTER_TIMEOUT = timeout("enrichment.register.timeout");

  static final Key<Set<ProfileField>> ALLOWED_FIELDS =
      new Key<>(
          "enrichment.allowed-fields",
          null,
          labels(ProfileField.DEFAULT),
          new ValueType<>(
              "a list of " + labels(EnumSet.allOf(ProfileField.class)), RegistersSection::fields),
          "What may be taken from registers; everything else is dropped before it is stored.");

  @Override
  public String title() {
    return "Registers of people";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        ALLOWED_FIELDS,
        FINDER_SHAPE,
        FINDER_URL,
        FINDER_USER,
        FINDER_SECRET,
        FINDER_CALLS,
        FINDER_TIMEOUT,
        REGISTER_SHAPE,
        REGISTER_URL,
        REGISTER_USER,
        REGISTER_SECRET,
        REGISTER_CALLS,
        REGISTER_TIMEOUT);
  }

  private record Keys(
      Key<String> shape,
      Key<String> url,
      Key<String> user,
      Key<String> secret,
      Key<Integer> calls,
      Key<Duration> timeout) {}

  @Override
  public Registers read(GivenSettings given) {
    var finder =
        new Keys(
            FINDER_SHAPE, FINDER_URL, FINDER_USER, FINDER_SECRET, FINDER_CALLS, FINDER_TIMEOUT);
    var register =
        new Keys(
            REGISTER_SHAPE,
            REGISTER_URL,
            REGISTER_USER,
            REGISTER_SECRET,
            REGISTER_CALLS,
            REGISTER_TIMEOUT);
    return new Registers(choice(given, finder), choice(given, register));
  }

  private static Registers.@Nullable Choice choice(GivenSettings given, Keys keys) {
    String url = given.value(keys.url());
    if (url.isBlank()) {
      return null;
    }
    String shape = given.value(keys.shape());
    Optional<RegisterSettings> settings =
        given.checked(
            given.where(keys.url()),
            () ->
                Optional.of(
                    new RegisterSettings(
                        shape,
                        uri(url),
                        given.value(keys.user()),
                        given.value(keys.secret()),
                        given.value(ALLOWED_FIELDS))),
            Optional::empty);
    var limits =
        new CallLimits(
            given.value(keys.calls()), PER, 4, given.value(keys.timeout()), BreakerLimits.DEFAULT);
    return settings.map(one -> new Registers.Choice(shape, one, limits)).orElse(null);
  }

  static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // Without the cause: a URL may hold a password.
      throw new IllegalArgumentException("not a URL such as https://register.example/api");
    }
  }

  private static Optional<Set<ProfileField>> fields(String text) {
    var fields = EnumSet.noneOf(ProfileField.class);
    for (String label : text.split(",", -1)) {
      Optional<ProfileField> field =
          Arrays.stream(ProfileField.values())
              .filter(one -> one.label().equals(label.strip()))
              .findFirst();
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields.add(field.get());
    }
    return Optional.of(Set.copyOf(fields));
  }

  private static String labels(Set<ProfileField> fields) {
    return Arrays.stream(ProfileField.values())
        .filter(fields::contains)
        .map(ProfileField::label)
        .collect(Collectors.joining(", "));
  }

  private static Key<String> shape(String name, String usual, String meaning) {
    return new Key<>(name, null, usual, ValueType.oneOf(SHAPES), meaning);
  }

  private static Key<String> url(String name, @Nullable String env) {
    return text(name, env, "Its base URL; there is none by default.");
  }

  private static Key<String> text(String name, @Nullable String env, String meaning) {
    return new Key<>(name, env, "", new ValueType<>("text", Optional::of), meaning);
  }

  private static Key<Integer> calls(String name) {
    return new Key<>(
        name,
        null,
        "20",
        ValueType.number(1, 100_000),
        "Calls a minute, by all servers on one database together.");
  }

  private static Key<Duration> timeout(String name) {
    return new Key<>(name, null, "30s", ValueType.TIME, "From a call to its answer's last byte.");
  }
}
