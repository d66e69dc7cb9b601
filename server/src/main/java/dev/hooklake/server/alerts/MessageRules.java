package dev.hooklake.server.alerts;

import static dev.hooklake.server.alerts.Rules.percent;

import dev.hooklake.server.alerts.Measurements.ChannelFigures;
import dev.hooklake.server.alerts.Measurements.GivenUp;
import dev.hooklake.server.alerts.Measurements.Quarantined;
import dev.hooklake.server.alerts.Measurements.Sent;
import dev.hooklake.server.alerts.drift.DriftEntry;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// Rules about what the events say: bounces and complaints, what was not understood, what is new.
final class MessageRules {
  /// Of fewer messages no rate says anything. A complaint is one in a thousand, so it takes more.
  private static final int LEAST_SENT = 100;

  private static final int LEAST_DELIVERED = 500;
  private static final int MUCH = 3;

  private final AlertLimits limits;

  private MessageRules(AlertLimits limits) {
    this.limits = limits;
  }

  static List<Rule> all(AlertLimits limits) {
    var rules = new MessageRules(limits);
    return List.of(
        new Rule(
            RuleName.QUARANTINE_GROWTH, now -> Rules.each(now.quarantined(), rules::quarantined)),
        new Rule(RuleName.DRIFT, now -> Rules.each(now.drift(), MessageRules::drifted)),
        new Rule(RuleName.BOUNCE_RATE, now -> Rules.each(now.channels(), rules::bounced)),
        new Rule(RuleName.COMPLAINT_RATE, now -> Rules.each(now.channels(), rules::complained)),
        new Rule(RuleName.UNSUBSCRIBE_RATE, now -> Rules.each(now.channels(), rules::unsubscribed)),
        new Rule(RuleName.DELIVERY_RATE_DROP, now -> Rules.each(now.channels(), rules::dropped)),
        new Rule(RuleName.DEAD_LETTERS, now -> Rules.each(now.givenUp(), MessageRules::givenUp)));
  }

  private Stream<Finding> quarantined(Quarantined group) {
    return group.events() < limits.quarantined()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                group.source() + " " + group.reason().toLowerCase(Locale.ROOT),
                Severity.WARNING,
                "%d events of %s were not understood within an hour: %s"
                    .formatted(
                        group.events(), group.source(), group.reason().toLowerCase(Locale.ROOT))));
  }

  private static Stream<Finding> drifted(DriftEntry entry) {
    return Stream.of(
        new Finding(
            entry.source() + " " + entry.kind().label() + " " + entry.name(),
            Severity.WARNING,
            "%s sends a new %s: %s".formatted(entry.source(), entry.kind().words(), entry.name())));
  }

  private Stream<Finding> bounced(ChannelFigures channel) {
    Sent recent = channel.recent();
    return over(channel, "bounced", recent.bounced(), recent.sent(), limits.bounces(), LEAST_SENT);
  }

  private Stream<Finding> complained(ChannelFigures channel) {
    return ofDelivered(channel, "reported as spam", Sent::complained, limits.complaints());
  }

  private Stream<Finding> unsubscribed(ChannelFigures channel) {
    return ofDelivered(channel, "unsubscribed from", Sent::unsubscribed, limits.unsubscribes());
  }

  private static Stream<Finding> ofDelivered(
      ChannelFigures channel, String what, ToLongFunction<Sent> count, double limit) {
    Sent recent = channel.recent();
    return over(
        channel, what, count.applyAsLong(recent), recent.delivered(), limit, LEAST_DELIVERED);
  }

  private static Stream<Finding> over(
      ChannelFigures channel, String what, long count, long of, double limit, int least) {
    double rate = of == 0 ? 0 : (double) count / of;
    if (of < least || rate < limit) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            channel.channel(),
            rate < limit * MUCH ? Severity.WARNING : Severity.CRITICAL,
            "%s of %s messages sent yesterday and today were %s: %d of %d"
                .formatted(percent(rate), channel.channel(), what, count, of)));
  }

  private Stream<Finding> dropped(ChannelFigures channel) {
    Sent recent = channel.recent();
    Sent before = channel.before();
    if (recent.sent() < LEAST_SENT || before.sent() < LEAST_SENT) {
      return Stream.empty();
    }
    double drop = before.deliveryRate() - recent.deliveryRate();
    return drop < limits.deliveryDrop()
        ? Stream.empty()
        : Stream.of(
            new Finding(
                channel.channel(),
                drop < limits.deliveryDrop() * MUCH ? Severity.WARNING : Severity.CRITICAL,
                "%s of %s messages are delivered, %s in the week before"
                    .formatted(
                        percent(recent.deliveryRate()),
                        channel.channel(),
                        percent(before.deliveryRate()))));
  }

  private static Stream<Finding> givenUp(GivenUp what) {
    return Stream.of(
        new Finding(
            what.subject(),
            Severity.WARNING,
            "%s: %d were given up within a day".formatted(what.subject(), what.events())));
  }
}
