package dev.hooklake.server.app.settings;

import dev.hooklake.providers.customerio.Region;
import dev.hooklake.providers.resend.ResendApi;
import dev.hooklake.providers.twilio.TwilioApi;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Which providers can be asked for what happened, by the name of the source whose webhooks they
/// send. None is needed to receive webhooks.
public final class ProvidersSection implements Section<List<ProviderSettings>> {
  private static final String PREFIX = "providers.";
  private static final List<String> TYPES = List.of("customerio", "twilio", "resend");
  private static final ValueType<String> ANY_TEXT = new ValueType<>("text", Optional::of);

  public static final Key<String> CUSTOMERIO_KEY =
      new Key<>(
          "providers.customerio.api-key",
          "CUSTOMERIO_APP_API_KEY",
          "",
          ANY_TEXT,
          "Customer.io's App API key: reconcile, backfill and `hooklake customerio` need it.");
  public static final Key<String> CUSTOMERIO_REGION =
      new Key<>(
          "providers.customerio.region",
          "CUSTOMERIO_REGION",
          "us",
          ValueType.oneOf(List.of("us", "eu")),
          "Where the Customer.io account lives; a key of the other region is refused.");
  static final Key<String> TWILIO_ACCOUNT =
      new Key<>(
          "providers.twilio.account",
          "TWILIO_ACCOUNT_SID",
          "",
          ANY_TEXT,
          "Twilio's account SID; with it and a key, Twilio is reconciled.");
  static final Key<String> TWILIO_KEY =
      new Key<>(
          "providers.twilio.api-key",
          "TWILIO_AUTH_TOKEN",
          "",
          ANY_TEXT,
          "Twilio's auth token, or the secret of the API key that `user` names.");
  static final Key<String> RESEND_KEY =
      new Key<>(
          "providers.resend.api-key",
          "RESEND_API_KEY",
          "",
          ANY_TEXT,
          "Resend's API key with full access; one for sending only is refused.");

  static final Key<String> TYPE =
      new Key<>(
          "providers.<name>.type",
          null,
          "",
          new ValueType<>(
              "one of " + String.join(", ", TYPES),
              text -> Optional.of(text).filter(type -> type.isEmpty() || TYPES.contains(type))),
          "Whose API it is, where the source's name does not say it.");
  static final Key<String> KEY =
      new Key<>(
          "providers.<name>.api-key", null, "", ANY_TEXT, "The key of the provider's own API.");
  static final Key<String> REGION =
      new Key<>(
          "providers.<name>.region",
          null,
          "us",
          ValueType.oneOf(List.of("us", "eu")),
          "Of Customer.io: us or eu.");
  static final Key<String> ACCOUNT =
      new Key<>("providers.<name>.account", null, "", ANY_TEXT, "Of Twilio: the account SID.");
  static final Key<String> USER =
      new Key<>(
          "providers.<name>.user",
          null,
          "",
          ANY_TEXT,
          "Of Twilio: the SID of an API key, where api-key is its secret; else the account is used.");
  public static final Key<String> API_URL =
      new Key<>(
          "providers.<name>.api-url",
          null,
          "",
          ANY_TEXT,
          "Another address of the API, for tests; by default the provider's own.");
  static final Key<Integer> REQUESTS_PER_SECOND =
      new Key<>(
          "providers.<name>.requests-per-second",
          null,
          "8",
          ValueType.number(1, 100),
          "Requests to the API, by everything in this server; Customer.io's bucket of 10 is shared"
              + " by all who use the workspace.");

  private static final List<Key<String>> NAMED =
      List.of(CUSTOMERIO_KEY, CUSTOMERIO_REGION, TWILIO_ACCOUNT, TWILIO_KEY, RESEND_KEY);

  @Override
  public String title() {
    return "The providers' own APIs";
  }

  @Override
  public List<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(NAMED);
    keys.addAll(List.of(TYPE, KEY, REGION, ACCOUNT, USER, API_URL, REQUESTS_PER_SECOND));
    return keys;
  }

  @Override
  public List<Key<?>> inSample() {
    return List.of(
        CUSTOMERIO_KEY,
        CUSTOMERIO_REGION,
        TYPE.of("customerio"),
        API_URL.of("customerio"),
        REQUESTS_PER_SECOND.of("customerio"),
        TWILIO_ACCOUNT,
        TWILIO_KEY,
        USER.of("twilio"),
        RESEND_KEY);
  }

  @Override
  public List<ProviderSettings> read(GivenSettings given) {
    var names = new TreeSet<>(given.members(PREFIX));
    if (given.given(CUSTOMERIO_KEY)) {
      names.add("customerio");
    }
    if (given.given(TWILIO_ACCOUNT) && given.given(TWILIO_KEY)) {
      names.add("twilio");
    }
    if (given.given(RESEND_KEY)) {
      names.add("resend");
    }
    return names.stream().flatMap(name -> provider(given, name).stream()).toList();
  }

  /// Empty where nothing but, say, a region is given: that asks nobody.
  private static Optional<ProviderSettings> provider(GivenSettings given, String name) {
    String key = given.value(in(name, KEY));
    if (key.isBlank()) {
      return Optional.empty();
    }
    Optional<ProviderSettings.Type> type = type(given, name);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    String account = given.value(in(name, ACCOUNT));
    if (type.get() == ProviderSettings.Type.TWILIO && !account.matches("AC[0-9a-fA-F]{32}")) {
      given.refuse(
          given.where(in(name, ACCOUNT)), "it is not an account SID", "give AC and 32 hex digits");
      return Optional.empty();
    }
    String user = given.value(in(name, USER));
    return Optional.of(
        new ProviderSettings(
            name,
            type.get(),
            api(given, name, type.get()),
            account,
            user.isEmpty() ? account : user,
            key,
            given.value(in(name, REQUESTS_PER_SECOND))));
  }

  private static Optional<ProviderSettings.Type> type(GivenSettings given, String name) {
    String written = given.value(in(name, TYPE));
    String type = written.isEmpty() ? name : written;
    if (!TYPES.contains(type)) {
      given.refuse(
          PREFIX + name,
          "it does not say whose API it is",
          "give type: one of " + String.join(", ", TYPES));
      return Optional.empty();
    }
    return Optional.of(ProviderSettings.Type.valueOf(type.toUpperCase(Locale.ROOT)));
  }

  private static URI api(GivenSettings given, String name, ProviderSettings.Type type) {
    URI usual =
        switch (type) {
          case CUSTOMERIO ->
              Region.valueOf(given.value(in(name, REGION)).toUpperCase(Locale.ROOT)).api();
          case TWILIO -> TwilioApi.API;
          case RESEND -> ResendApi.API;
        };
    String written = given.value(in(name, API_URL));
    if (written.isEmpty()) {
      return usual;
    }
    if (!written.matches("https?://[A-Za-z0-9._:\\[\\]-]+")) {
      given.refuse(
          given.where(in(name, API_URL)),
          "it is not an address",
          "give https:// and a host, without a path");
      return usual;
    }
    return URI.create(written);
  }

  /// The key of one provider; the usual ones have names of their own in the environment.
  private static <T> Key<T> in(String name, Key<T> key) {
    Key<T> own = key.of(name);
    for (Key<String> named : NAMED) {
      if (named.name().equals(own.name())) {
        return new Key<>(own.name(), named.env(), own.defaultText(), own.type(), own.meaning());
      }
    }
    return own;
  }
}
