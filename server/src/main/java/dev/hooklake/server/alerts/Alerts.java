package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Verdict.Known;
import dev.hooklake.server.operations.OperationsDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// The alerts of one server: evaluates the rules, keeps what fires and resolves, tells people, and
/// answers for it.
///
/// Evaluating is for one thread, and telling for one a channel; everything else may be asked by
/// any.
public final class Alerts {
  private static final Duration LONGEST_SILENCE = Duration.ofDays(366);

  /// What it works with.
  ///
  /// @param journal whose server this is; several may share the database
  public record Parts(
      OperationsDatabase database, UUID journal, MeterRegistry registry, InstantSource clock) {}

  private final AlertSettings settings;
  private final List<Rule> rules;
  private final AlertStore store;
  private final Silences silences;
  private final Notifier notifier;
  private final InstantSource clock;
  private volatile List<Alert> firing = List.of();

  public Alerts(Parts parts, AlertSettings settings) {
    this.settings = settings;
    this.rules = Rules.of(settings.limits(), settings.off());
    this.store = new AlertStore(parts.database(), parts.journal());
    this.silences = new Silences(parts.database());
    this.notifier =
        new Notifier(parts.database(), parts.journal(), settings.channels(), parts.registry());
    this.clock = parts.clock();
    for (RuleName rule : RuleName.values()) {
      for (Severity severity : Severity.values()) {
        register(parts.registry(), rule, severity);
      }
    }
  }

  /// Evaluates every rule and keeps what came of it, and who is to be told. Fails with
  /// `DatabaseAway` when it cannot be kept; then nothing has changed.
  public void evaluate(Measurements measurements) {
    Map<RuleName, List<Finding>> found = new EnumMap<>(RuleName.class);
    for (Rule rule : rules) {
      if (rule.evaluate(measurements) instanceof Known known) {
        found.put(rule.name(), known.findings());
      }
    }
    settings.off().forEach(rule -> found.put(rule, List.of()));
    firing = store.update(found, notifier.channels(), measurements.at());
    notifier.forgetOtherChannels(measurements.at());
  }

  /// Sends what is due on a channel.
  ///
  /// @param channel one of [#channels]
  /// @param goesOn asked before each notice; what is not sent then stays due
  public void tell(String channel, BooleanSupplier goesOn) throws InterruptedException {
    notifier.sendDue(channel, goesOn, clock.instant());
  }

  /// As of the last evaluation, newest first, without asking the database.
  public List<Alert> lastFiring() {
    return firing;
  }

  public List<Alert> firing() {
    return store.firing();
  }

  /// Firing and resolved ones, newest first.
  public List<Alert> recent(int limit) {
    return store.recent(limit);
  }

  public List<Silence> silences() {
    return silences.inForce(clock.instant());
  }

  /// Tells nobody of some alerts for a while; fails with `IllegalArgumentException` when that
  /// cannot be meant.
  ///
  /// @param rule a rule's label; empty for every rule
  /// @param subject empty for every subject
  public Silence silence(
      String rule, String subject, Duration length, String reason, String createdBy) {
    if (!length.isPositive() || length.compareTo(LONGEST_SILENCE) > 0) {
      throw new IllegalArgumentException("a silence lasts up to 366 days");
    }
    Instant now = clock.instant();
    var silence =
        new Silence(
            UUID.randomUUID().toString(), rule, subject, now.plus(length), reason, createdBy);
    silences.add(silence, now);
    return silence;
  }

  /// Whether there was such a silence.
  public boolean endSilence(String id) {
    return silences.end(id);
  }

  /// Sends a test on every channel, now.
  public List<TestOutcome> test() throws InterruptedException {
    return notifier.test(clock.instant());
  }

  public List<String> channels() {
    return notifier.channels();
  }

  /// The rules that are evaluated.
  public List<RuleName> rules() {
    return rules.stream().map(Rule::name).toList();
  }

  private void register(MeterRegistry registry, RuleName rule, Severity severity) {
    Gauge.builder("hooklake.alerts.firing", this, alerts -> alerts.count(rule, severity))
        .description("Alerts that fire, by rule and severity")
        .tag("rule", rule.label())
        .tag("severity", severity.label())
        .register(registry);
  }

  private long count(RuleName rule, Severity severity) {
    return firing.stream()
        .filter(alert -> alert.rule() == rule && alert.severity() == severity)
        .count();
  }
}
