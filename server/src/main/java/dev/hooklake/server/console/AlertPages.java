package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.alerts.Alert;
import dev.hooklake.server.alerts.Alerts;
import dev.hooklake.server.alerts.RuleName;
import dev.hooklake.server.alerts.Severity;
import dev.hooklake.server.alerts.Silence;
import dev.hooklake.server.alerts.TestOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What fires, what has fired, what is silenced; silences and tests for operators.
public final class AlertPages implements ConsolePages {
  private static final int RECENT = 100;

  private final Alerts alerts;
  private final Audit audit;
  private final InstantSource clock;

  public AlertPages(Alerts alerts, Audit audit, InstantSource clock) {
    this.alerts = alerts;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(
        new NavItem(NavGroup.TRUST, "Alerts", "/alerts", 'r', () -> alerts.lastFiring().size()));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/alerts", this::page),
        PageRoute.post("/alerts/silences", this::silence),
        PageRoute.post("/alerts/silences/{id}/end", this::endSilence),
        PageRoute.post("/alerts/test", this::test));
  }

  /// What fires, for the overview: one line however much it is.
  public List<AttentionItem> attention() {
    List<Alert> firing = alerts.lastFiring();
    if (firing.isEmpty()) {
      return List.of();
    }
    boolean critical = firing.stream().anyMatch(AlertPages::isCritical);
    Alert first =
        firing.stream().filter(AlertPages::isCritical).findFirst().orElse(firing.getFirst());
    return List.of(
        new AttentionItem(
            critical ? "bad" : "warn",
            Show.count(firing.size(), "alert fires", "alerts fire"),
            first.summary(),
            first.rule().label(),
            "/alerts"));
  }

  private static boolean isCritical(Alert alert) {
    return alert.severity() == Severity.CRITICAL;
  }

  private PageReply page(PageRequest request) {
    List<Alert> recent = alerts.recent(RECENT);
    return PageReply.page(
        "Alerts",
        "alerts.jte",
        new Model(
            alerts.firing(),
            recent.stream().filter(alert -> !alert.firing()).toList(),
            alerts.silences(),
            alerts.rules(),
            alerts.channels(),
            clock.instant(),
            request.byOperator()));
  }

  private PageReply silence(PageRequest request) throws IOException {
    Map<String, String> form = request.form();
    String rule = form.getOrDefault("rule", "");
    String subject = form.getOrDefault("subject", "");
    String hours = form.getOrDefault("hours", "");
    if (!hours.matches("\\d{1,4}")) {
      return PageReply.refused(400, "Say for how many hours nobody is to be told.");
    }
    String reason = form.getOrDefault("reason", "");
    Duration time = Duration.ofHours(Integer.parseInt(hours));
    String by = request.caller().name();
    try (Audit.Begun begun =
        audit.begin(request.caller(), "alerts.silenced", rule + " " + subject, hours + " h")) {
      Silence silence = begun.carryOut(() -> alerts.silence(rule, subject, time, reason, by));
      return note("good", "Nobody is told until " + Show.time(silence.until()) + ".");
    } catch (IllegalArgumentException e) {
      return PageReply.refused(400, String.valueOf(e.getMessage()));
    }
  }

  private PageReply endSilence(PageRequest request) {
    String id = request.path("id");
    try (Audit.Begun begun = audit.begin(request.caller(), "alerts.silence-ended", id, "")) {
      return begun.ended(alerts.endSilence(id))
          ? note("good", "The silence has ended.")
          : PageReply.refused(404, "There is no such silence; it may be over.");
    }
  }

  private PageReply test(PageRequest request) {
    try (Audit.Begun begun = audit.begin(request.caller(), "alerts.tested", "", "")) {
      var tested = new Tested(alerts.test());
      begun.done();
      return PageReply.fragment("alertTest.jte", tested);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PageReply.refused(503, "The server stops.");
    }
  }

  private static PageReply note(String kind, String text) {
    return PageReply.fragment("note.jte", new Note(kind, text, "Load the page again to see it."));
  }

  /// The page.
  public record Model(
      List<Alert> firing,
      List<Alert> resolved,
      List<Silence> silences,
      List<RuleName> rules,
      List<String> channels,
      Instant now,
      boolean operator) {

    public String kind(Alert alert) {
      return isCritical(alert) ? "bad" : "warn";
    }
  }

  /// What became of a test.
  public record Tested(List<TestOutcome> outcomes) {
    public Tested {
      outcomes = List.copyOf(outcomes);
    }

    public boolean all() {
      return outcomes.stream().allMatch(TestOutcome::taken);
    }
  }
}
