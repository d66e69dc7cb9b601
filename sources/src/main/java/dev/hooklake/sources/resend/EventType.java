package dev.hooklake.sources.resend;

import dev.hooklake.sources.event.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Resend's `type`, such as `email.delivery_delayed`: what it is about and what happened, in our
/// words.
///
/// | types           | table             | metric                                             |
/// |-----------------|-------------------|----------------------------------------------------|
/// | `email.*`       | `email_events`    | the word after the dot, but for those below        |
/// | `domain.*`      | `email_events`    | the same; `object_type` sets them apart            |
/// | `contact.*`     | `customer_events` | the same; `topics_updated`                         |
/// | `suppression.*` | `customer_events` | the same                                           |
///
/// A word we do not know is kept as it is; a family we do not know is not understood.
record EventType(String objectType, String metric, Channel channel) {
  private static final Pattern FORM = Pattern.compile("([a-z]{1,20})\\.([a-z][a-z_.]{0,39})");

  private static final Map<String, Channel> CHANNELS =
      Map.of(
          "email", Channel.EMAIL,
          "domain", Channel.EMAIL,
          "contact", Channel.CUSTOMER,
          "suppression", Channel.CUSTOMER);

  /// Where other email sources already have a word for the same fact.
  private static final Map<String, String> OUR_WORDS =
      Map.of("delivery_delayed", "deferred", "complained", "spammed", "suppressed", "dropped");

  static Optional<EventType> of(String type) {
    Matcher matcher = FORM.matcher(type);
    if (!matcher.matches() || !CHANNELS.containsKey(matcher.group(1))) {
      return Optional.empty();
    }
    String family = matcher.group(1);
    String word = matcher.group(2).replace('.', '_');
    String metric = family.equals("email") ? OUR_WORDS.getOrDefault(word, word) : word;
    return Optional.of(new EventType(family, metric, CHANNELS.getOrDefault(family, Channel.EMAIL)));
  }

  boolean email() {
    return objectType.equals("email");
  }

  /// Whether object type and metric say all that the type said.
  boolean says(String type) {
    return type.equals(objectType + "." + metric);
  }
}
