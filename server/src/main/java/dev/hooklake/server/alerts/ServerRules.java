package dev.hooklake.server.alerts;

import static dev.hooklake.server.alerts.Rules.percent;

import dev.hooklake.server.alerts.Measurements.Delay;
import dev.hooklake.server.alerts.Measurements.QuietSource;
import dev.hooklake.server.alerts.Measurements.SourceTraffic;
import dev.hooklake.server.alerts.Measurements.Space;
import dev.hooklake.server.alerts.Verdict.Known;
import dev.hooklake.server.alerts.Verdict.Unknown;
import dev.hooklake.server.reconciliation.Figures;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Rules about the way of events: the public port, the readers of the journal, and what may run
/// out.
final class ServerRules {
  /// Of fewer deliveries no part says anything.
  private static final int LEAST_RECEIVED = 20;

  /// From so many lost events on, or so much of a space, somebody should get up.
  private static final int MANY_MISSING = 100;

  private static final int MUCH_DELAY = 6;
  private static final int MUCH_MISSING = 10;
  private static final double LITTLE_LEFT = 0.5;

  private final AlertLimits limits;

  private ServerRules(AlertLimits limits) {
    this.limits = limits;
  }

  static List<Rule> all(AlertLimits limits) {
    var rules = new ServerRules(limits);
    return List.of(
        new Rule(RuleName.VERIFICATION_FAILURES, now -> traffic(now, rules::refused)),
        new Rule(RuleName.VERIFICATION_FAILURE_RATE, now -> traffic(now, rules::muchRefused)),
        new Rule(RuleName.ERROR_RATE, now -> traffic(now, rules::failed)),
        new Rule(RuleName.PROCESSING_DELAY, now -> Rules.each(now.delays(), rules::delayed)),
        new Rule(RuleName.MISSING_EVENTS, ServerRules::missing),
        new Rule(RuleName.COMPLETENESS, now -> Rules.each(now.checkedDays(), rules::incomplete)),
        new Rule(RuleName.JOURNAL_SPACE, now -> space(now, "journal", limits.journalUsed())),
        new Rule(RuleName.DISK_SPACE, now -> space(now, "disk", limits.diskUsed())));
  }

  /// Counters begin at zero with the server: until it has run for a window, no finding says
  /// nothing.
  private static Verdict traffic(
      Measurements now, Function<SourceTraffic, Stream<Finding>> objection) {
    List<Finding> findings = now.window().sources().stream().flatMap(objection).toList();
    return findings.isEmpty() && !now.window().whole() ? new Unknown() : new Known(findings);
  }

  private Stream<Finding> refused(SourceTraffic source) {
    return source.refused() == 0
        ? Stream.empty()
        : finding(
            source.source(),
            Severity.WARNING,
            "%d of %d events of %s were refused for their signature"
                .formatted(source.refused(), source.received(), source.source()));
  }

  private Stream<Finding> muchRefused(SourceTraffic source) {
    double part = part(source.refused(), source);
    return part < limits.verificationFailures() || source.received() < LEAST_RECEIVED
        ? Stream.empty()
        : finding(
            source.source(),
            Severity.CRITICAL,
            "%s of the events of %s are refused for their signature"
                .formatted(percent(part), source.source()));
  }

  private Stream<Finding> failed(SourceTraffic source) {
    double part = part(source.failed(), source);
    return part < limits.errors() || source.failed() == 0 || source.received() < LEAST_RECEIVED
        ? Stream.empty()
        : finding(
            source.source(),
            Severity.CRITICAL,
            "%s of the events of %s could not be taken by this server"
                .formatted(percent(part), source.source()));
  }

  private Stream<Finding> delayed(Delay delay) {
    String failing = delay.failing();
    if (delay.stopped()) {
      return finding(
          delay.subject(), Severity.CRITICAL, delay.subject() + " has stopped: " + failing);
    }
    if (delay.lag().compareTo(limits.delay()) <= 0) {
      return Stream.empty();
    }
    boolean much = delay.lag().compareTo(limits.delay().multipliedBy(MUCH_DELAY)) > 0;
    return finding(
        delay.subject(),
        much ? Severity.CRITICAL : Severity.WARNING,
        delay.subject()
            + " is "
            + delay.lag().toMinutes()
            + " min behind"
            + (failing == null ? "" : ": " + failing));
  }

  /// Right after a start what providers will send again has not come yet.
  private static Verdict missing(Measurements now) {
    return now.window().whole()
        ? Rules.each(now.quiet(), source -> missing(source, now))
        : new Unknown();
  }

  private static Stream<Finding> missing(QuietSource quiet, Measurements now) {
    long missing = quiet.rhythm().missing(quiet.lastEvent(), now.at());
    if (missing < Rhythm.ENOUGH) {
      return Stream.empty();
    }
    return finding(
        quiet.source(),
        missing < MANY_MISSING ? Severity.WARNING : Severity.CRITICAL,
        "%s has sent nothing for %d min; about %d events usually come in that time"
            .formatted(
                quiet.source(),
                Duration.between(quiet.lastEvent(), now.at()).toMinutes(),
                missing));
  }

  /// A day each: each is healed, and resolves, by itself.
  private Stream<Finding> incomplete(Figures.Day day) {
    double missing = 1 - day.completeness();
    double allowed = 1 - limits.completeness();
    if (day.completeness() >= limits.completeness()) {
      return Stream.empty();
    }
    return finding(
        day.source() + " " + day.day(),
        missing < allowed * MUCH_MISSING ? Severity.WARNING : Severity.CRITICAL,
        "%d of %d events of %s that happened on %s never arrived: %s"
            .formatted(
                day.missing(),
                day.matched() + day.missing(),
                day.source(),
                day.day(),
                percent(missing)));
  }

  private static Verdict space(Measurements now, String subject, double limit) {
    double scarce = limit + (1 - limit) * LITTLE_LEFT;
    return new Known(
        now.spaces().stream()
            .filter(space -> space.subject().equals(subject) && space.usedPart() >= limit)
            .flatMap(space -> full(space, scarce))
            .toList());
  }

  private static Stream<Finding> full(Space space, double scarce) {
    return finding(
        space.subject(),
        space.usedPart() >= scarce ? Severity.CRITICAL : Severity.WARNING,
        "the %s is %s full".formatted(space.subject(), percent(space.usedPart())));
  }

  private static double part(long events, SourceTraffic source) {
    return source.received() == 0 ? 0 : (double) events / source.received();
  }

  private static Stream<Finding> finding(String subject, Severity severity, String summary) {
    return Stream.of(new Finding(subject, severity, summary));
  }
}
