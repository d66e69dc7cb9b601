package dev.hooklake.sources.customerio;

import dev.hooklake.sources.customerio.EventBody.Place;
import dev.hooklake.sources.event.Channel;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What kind of event this is, and which channel's table it belongs to.
///
/// | event                                                     | table of              |
/// |-----------------------------------------------------------|-----------------------|
/// | `cio_subscription_preferences_changed`, whatever its type | customer              |
/// | `subscribed`, `unsubscribed` about a person, see below    | customer              |
/// | everything else                                           | its own `object_type` |
///
/// One click on an unsubscribe link may give two events of type `email` and metric `unsubscribed`:
/// one about the message (with `recipient`) and one about the person (with `email_address` and no
/// `recipient`). Kept apart, they are not added up.
record EventKind(Channel channel, String objectType, String metric) {
  private static final String PREFERENCES = "cio_subscription_preferences_changed";
  private static final Set<String> ABOUT_PERSONS = Set.of("subscribed", "unsubscribed");
  private static final Set<Channel> CHANNELS = EnumSet.complementOf(EnumSet.of(Channel.LEAD));

  /// Null when the type is absent or not one of Customer.io's eight.
  static @Nullable EventKind of(EventBody body, String metric) {
    String type = word(body.first(Place.TOP, "object_type"));
    if (metric.equals(PREFERENCES)) {
      // The published schema spells the key object_type_type, and requires neither.
      String spelled = type != null ? type : word(body.first(Place.TOP, "object_type_type"));
      return new EventKind(Channel.CUSTOMER, spelled != null ? spelled : "customer", metric);
    }
    Channel channel = type == null ? null : Channel.of(type).orElse(null);
    if (type == null || channel == null || !CHANNELS.contains(channel)) {
      return null;
    }
    return new EventKind(aboutPerson(body, metric) ? Channel.CUSTOMER : channel, type, metric);
  }

  /// The older guide's metrics, which carry their type in front; null when this is none.
  static @Nullable EventKind ofJoined(String joined) {
    for (Channel channel : CHANNELS) {
      String prefix = channel.label() + "_";
      if (joined.startsWith(prefix) && joined.length() > prefix.length()) {
        String metric = today(joined, joined.substring(prefix.length()));
        return new EventKind(channel, channel.label(), metric);
      }
    }
    return null;
  }

  /// The text of a member that says something: a string that is not blank.
  static @Nullable String word(@Nullable Member member) {
    return member != null && member.isString() && !member.text().isBlank() ? member.text() : null;
  }

  private static boolean aboutPerson(EventBody body, String metric) {
    return ABOUT_PERSONS.contains(metric)
        && body.first(Place.DATA, "email_address") != null
        && body.first(Place.DATA, "recipient") == null;
  }

  private static String today(String joined, String metric) {
    return switch (joined) {
      case "email_complained" -> "spammed";
      case "customer_subscription_preferences_changed" -> PREFERENCES;
      default -> metric;
    };
  }
}
