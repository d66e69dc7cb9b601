package dev.hooklake.server.app.settings;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hooklake.server.forwarding.Destination;
import dev.hooklake.server.forwarding.EventChoice;
import dev.hooklake.server.forwarding.ForwardingSettings;
import dev.hooklake.server.forwarding.ForwardingSettings.Breaking;
import dev.hooklake.server.forwarding.ForwardingSettings.Limits;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.signature.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where events are sent on to. Without a destination nothing is.
public final class ForwardingSection implements Section<ForwardingSettings> {
  private static final String DESTINATIONS = "forwarding.destinations.";

  static final Key<Optional<URI>> URL =
      new Key<>(
              DESTINATIONS + "<name>.url",
              null,
              "",
              new ValueType<>(
                  "a URL such as https://hooks.example.com/events", ForwardingSection::url),
              "Where a destination takes events, by POST; https unless private addresses are allowed.")
          .secret();
  static final Key<String> SECRETS =
      new Key<>(
          DESTINATIONS + "<name>.secrets",
          null,
          "",
          ValueType.TEXT,
          "Signing keys as Standard Webhooks writes them (`whsec_...`); every delivery carries a"
              + " signature of each, so that one can be changed.");
  static final Key<String> SOURCES =
      new Key<>(
          DESTINATIONS + "<name>.sources",
          null,
          "",
          ValueType.TEXT,
          "Only events of these sources.");
  static final Key<String> CHANNELS =
      new Key<>(
          DESTINATIONS + "<name>.channels",
          null,
          "",
          ValueType.TEXT,
          "Only events of these channels: email, sms, push, in_app, whatsapp, slack, webhook,"
              + " customer, lead.");
  static final Key<String> METRICS =
      new Key<>(
          DESTINATIONS + "<name>.metrics",
          null,
          "",
          ValueType.TEXT,
          "Only these metrics, such as delivered or bounced.");
  static final Key<String> WHERE =
      new Key<>(
          DESTINATIONS + "<name>.where",
          null,
          "",
          ValueType.TEXT,
          "Conditions on what is sent, all to hold: a JSON pointer alone, or with values as in"
              + " `/data/campaign_id=42\\|43`.");
  static final Key<String> ORDER_BY =
      new Key<>(
          DESTINATIONS + "<name>.order-by",
          null,
          "",
          ValueType.TEXT,
          "JSON pointer, such as `/data/delivery_id`: events with the same value there are sent one"
              + " after the other, in the order they came.");
  static final Key<Boolean> PRIVATE_ADDRESSES =
      new Key<>(
          DESTINATIONS + "<name>.private-addresses",
          null,
          "false",
          ValueType.SWITCH,
          "Whether the destination may be on this machine or in a private network. Link-local"
              + " addresses are refused in any case.");

  static final Key<Duration> TIMEOUT =
      new Key<>(
          "forwarding.timeout",
          null,
          "15s",
          ValueType.TIME,
          "The longest an attempt may take, from connecting to the status.");
  static final Key<Duration> FIRST_RETRY =
      new Key<>(
          "forwarding.first-retry",
          null,
          "5s",
          ValueType.TIME,
          "The wait after an event's first failure; it doubles with each further one.");
  static final Key<Duration> LONGEST_RETRY =
      new Key<>(
          "forwarding.longest-retry",
          null,
          "6h",
          ValueType.TIME,
          "The longest wait between two attempts.");
  static final Key<Duration> GIVE_UP_AFTER =
      new Key<>(
          "forwarding.give-up-after",
          null,
          "3d",
          ValueType.TIME,
          "When an event that is not taken becomes a dead letter.");
  static final Key<Integer> PARALLEL =
      new Key<>(
          "forwarding.parallel",
          null,
          "8",
          ValueType.number(1, 256),
          "Requests at a time to one destination.");
  static final Key<Integer> MAX_WAITING =
      new Key<>(
          "forwarding.max-waiting",
          null,
          "1000000",
          ValueType.number(1, 1_000_000_000),
          "Events that wait for one destination; beyond it new ones are not queued for it, told and"
              + " counted.");
  static final Key<Duration> DEAD_LETTER_RETENTION =
      new Key<>(
          "forwarding.dead-letter-retention",
          null,
          "30d",
          ValueType.TIME,
          "How long dead letters are kept.");
  static final Key<Integer> BREAKER_FAILURES =
      new Key<>(
          "forwarding.breaker-failures",
          null,
          "10",
          ValueType.number(1, 1_000_000),
          "Failures in a row after which a destination is left alone.");
  static final Key<Duration> BREAKER_PAUSE =
      new Key<>(
          "forwarding.breaker-pause",
          null,
          "1m",
          ValueType.TIME,
          "For how long, before it is asked with one event.");

  @Override
  public String title() {
    return "Forwarding";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        URL,
        SECRETS,
        SOURCES,
        CHANNELS,
        METRICS,
        WHERE,
        ORDER_BY,
        PRIVATE_ADDRESSES,
        TIMEOUT,
        FIRST_RETRY,
        LONGEST_RETRY,
        GIVE_UP_AFTER,
        PARALLEL,
        MAX_WAITING,
        DEAD_LETTER_RETENTION,
        BREAKER_FAILURES,
        BREAKER_PAUSE);
  }

  /// No destination: one without its URL would be an error.
  @Override
  public List<Key<?>> inSample() {
    return keys().stream().filter(key -> !key.name().startsWith(DESTINATIONS)).toList();
  }

  @Override
  public ForwardingSettings read(GivenSettings given) {
    Patience patience =
        given.checked(
            given.where(LONGEST_RETRY),
            () ->
                new Patience(
                    given.value(TIMEOUT),
                    given.value(FIRST_RETRY),
                    given.value(LONGEST_RETRY),
                    given.value(GIVE_UP_AFTER)),
            () -> Patience.DEFAULT);
    return new ForwardingSettings(
        destinations(given),
        patience,
        new Limits(
            given.value(PARALLEL), given.value(MAX_WAITING), given.value(DEAD_LETTER_RETENTION)),
        new Breaking(given.value(BREAKER_FAILURES), given.value(BREAKER_PAUSE)));
  }

  private static List<Destination> destinations(GivenSettings given) {
    var destinations = new ArrayList<Destination>();
    for (String name : given.members(DESTINATIONS)) {
      Optional<Destination> read =
          given.checked(
              DESTINATIONS + name, () -> Optional.of(destination(given, name)), Optional::empty);
      read.ifPresent(destinations::add);
    }
    return destinations;
  }

  private static Destination destination(GivenSettings given, String name) {
    URI url =
        given
            .value(URL.of(name))
            .orElseThrow(() -> new IllegalArgumentException("has no url; give one"));
    String orderBy = String.join("", given.texts(ORDER_BY.of(name)));
    return new Destination(
        name,
        url,
        given.texts(SECRETS.of(name)).stream().map(Secret::of).toList(),
        choice(given, name),
        orderBy.isEmpty() ? null : JsonPointer.compile(orderBy),
        given.value(PRIVATE_ADDRESSES.of(name)));
  }

  private static EventChoice choice(GivenSettings given, String name) {
    List<String> channels = given.texts(CHANNELS.of(name));
    for (String channel : channels) {
      if (Channel.of(channel).isEmpty()) {
        throw new IllegalArgumentException(
            "'" + channel + "' in channels is no channel, such as email or sms");
      }
    }
    return new EventChoice(
        Set.copyOf(given.texts(SOURCES.of(name))),
        Set.copyOf(channels),
        Set.copyOf(given.texts(METRICS.of(name))),
        given.texts(WHERE.of(name)).stream().map(EventChoice.Condition::parse).toList());
  }

  /// Nothing of a wrong one is repeated: it may hold a secret.
  private static Optional<Optional<URI>> url(String text) {
    try {
      return Optional.of(text.isBlank() ? Optional.empty() : Optional.of(new URI(text)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
