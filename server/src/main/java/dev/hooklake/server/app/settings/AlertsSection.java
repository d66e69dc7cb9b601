package dev.hooklake.server.app.settings;

import dev.hooklake.server.alerts.AlertLimits;
import dev.hooklake.server.alerts.AlertSettings;
import dev.hooklake.server.alerts.RuleName;
import dev.hooklake.server.alerts.channel.Channel;
import dev.hooklake.server.alerts.channel.LogChannel;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// When somebody is told that something is amiss; on from the start.
public final class AlertsSection implements Section<AlertSettings> {
  private static final ValueType<Double> PART =
      new ValueType<>("a part such as 5% or 0.1%", AlertsSection::part);

  static final Key<Duration> EVERY =
      new Key<>("alerts.every", null, "1m", ValueType.TIME, "How often the rules are evaluated.");
  static final Key<String> OFF =
      new Key<>(
          "alerts.off",
          null,
          "",
          new ValueType<>("names of rules", Optional::of),
          "Rules that are not evaluated, a list, for example drift, unsubscribe-rate.");
  static final Key<ZoneId> TIME_ZONE =
      new Key<>(
          "alerts.time-zone",
          null,
          "UTC",
          new ValueType<>("a time zone such as Europe/Lisbon", AlertsSection::zone),
          "Where the senders' days and weeks are, for sources that fall silent.");
  static final Key<Double> VERIFICATION_FAILURES =
      part("verification-failures", "5%", "Of a source's events in 15 min, refused signatures.");
  static final Key<Double> ERRORS =
      part("errors", "1%", "Of a source's events in 15 min, those this server could not take.");
  static final Key<Duration> DELAY =
      new Key<>(
          "alerts.delay",
          null,
          "5m",
          ValueType.TIME,
          "How far the lake or a consumer may be behind; six times as much is critical.");
  static final Key<Double> COMPLETENESS =
      part(
          "completeness",
          "99.9%",
          "What must be here of what a provider's API shows of a day; ten times as much missing is"
              + " critical.");
  static final Key<Integer> QUARANTINED =
      new Key<>(
          "alerts.quarantined",
          null,
          "10",
          ValueType.number(1, 1_000_000_000),
          "Events of one source and reason within an hour.");
  static final Key<Double> BOUNCES = part("bounces", "2%", "Of what was sent yesterday and today.");
  static final Key<Double> COMPLAINTS =
      part("complaints", "0.1%", "Of what was delivered; three times as much is critical.");
  static final Key<Double> UNSUBSCRIBES = part("unsubscribes", "1%", "Of what was delivered.");
  static final Key<Double> DELIVERY_DROP =
      part("delivery-drop", "5%", "Points that the delivery rate lies below the week before.");
  static final Key<Double> JOURNAL_USED = part("journal-used", "50%", "Of journal.limit.");
  static final Key<Double> DISK_USED = part("disk-used", "90%", "Of the disk of data.");

  @Override
  public String title() {
    return "Alerts";
  }

  @Override
  public List<Key<?>> keys() {
    return Stream.concat(
            Stream.of(
                EVERY,
                OFF,
                TIME_ZONE,
                VERIFICATION_FAILURES,
                ERRORS,
                DELAY,
                COMPLETENESS,
                QUARANTINED,
                BOUNCES,
                COMPLAINTS,
                UNSUBSCRIBES,
                DELIVERY_DROP,
                JOURNAL_USED,
                DISK_USED),
            AlertChannelKeys.ALL.stream())
        .toList();
  }

  @Override
  public List<Key<?>> inSample() {
    return List.of(TIME_ZONE, AlertChannelKeys.SLACK_URL);
  }

  @Override
  public AlertSettings read(GivenSettings given) {
    List<Channel> channels = new ArrayList<>(List.of(new LogChannel()));
    channels.addAll(AlertChannelKeys.read(given));
    return new AlertSettings(
        given.value(EVERY), given.value(TIME_ZONE), off(given), limits(given), channels);
  }

  private static AlertLimits limits(GivenSettings given) {
    return new AlertLimits(
        given.value(VERIFICATION_FAILURES),
        given.value(ERRORS),
        given.value(DELAY),
        given.value(COMPLETENESS),
        given.value(QUARANTINED),
        given.value(BOUNCES),
        given.value(COMPLAINTS),
        given.value(UNSUBSCRIBES),
        given.value(DELIVERY_DROP),
        given.value(JOURNAL_USED),
        given.value(DISK_USED));
  }

  private static Set<RuleName> off(GivenSettings given) {
    var off = EnumSet.noneOf(RuleName.class);
    for (String label : given.texts(OFF)) {
      RuleName.of(label)
          .ifPresentOrElse(
              off::add,
              () ->
                  given.refuse(
                      given.where(OFF),
                      "there is no such rule",
                      "there are " + String.join(", ", RuleName.labels())));
    }
    return off;
  }

  private static Key<Double> part(String name, String otherwise, String meaning) {
    return new Key<>("alerts." + name, null, otherwise, PART, meaning);
  }

  private static Optional<Double> part(String text) {
    return text.matches("\\d{1,3}(\\.\\d{1,4})?\\s*%")
        ? Optional.of(new BigDecimal(text.replace("%", "").strip()).movePointLeft(2).doubleValue())
            .filter(part -> part > 0 && part <= 1)
        : Optional.empty();
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
