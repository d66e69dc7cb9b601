package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.alerts.Alert;
import dev.hooklake.server.alerts.Alerts;
import dev.hooklake.server.alerts.RuleName;
import dev.hooklake.server.alerts.Silence;
import dev.hooklake.server.alerts.TestOutcome;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The alerts on the admin port: list, silence, test.
public final class AlertRoutes {
  private static final int MAX_BODY_BYTES = 16 << 10;
  private static final int USUAL_PAGE = 100;
  private static final int MOST = 500;
  private static final List<String> SILENCE_FIELDS =
      List.of("rule", "subject", "minutes", "reason");

  private final Alerts alerts;
  private final Audit audit;

  public AlertRoutes(Alerts alerts, Audit audit) {
    this.alerts = alerts;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/api/v1/alerts", this::list),
        new AdminRoute(Method.POST, "/api/v1/alerts/silences", this::silence),
        new AdminRoute(Method.DELETE, "/api/v1/alerts/silences/{id}", this::endSilence),
        new AdminRoute(Method.POST, "/api/v1/alerts/test", this::test));
  }

  private void list(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("state", "limit"));
    int limit = query.number("limit").orElse(USUAL_PAGE);
    if (limit < 1 || limit > MOST) {
      throw RefusedRequest.malformed("limit goes from 1 to " + MOST);
    }
    List<Alert> found =
        switch (query.text("state").orElse("firing")) {
          case "firing" -> alerts.firing().stream().limit(limit).toList();
          case "all" -> alerts.recent(limit);
          default -> throw RefusedRequest.malformed("state is firing or all");
        };
    Answers.json(
        response,
        200,
        new AlertList(
            found.stream().map(AlertView::of).toList(),
            alerts.silences().stream().map(SilenceView::of).toList(),
            alerts.rules().stream().map(RuleView::of).toList(),
            alerts.channels()));
  }

  private void silence(ServerRequest request, ServerResponse response) throws IOException {
    JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
    RequestJson.requireObject(body, "", SILENCE_FIELDS);
    JsonNode minutes = body.path("minutes");
    if (!minutes.isIntegralNumber() || !minutes.canConvertToInt()) {
      throw RefusedRequest.malformed("minutes is a whole number: how long nobody is to be told");
    }
    String rule = Objects.requireNonNullElse(RequestJson.textOrNull(body, "", "rule"), "");
    String subject = Objects.requireNonNullElse(RequestJson.textOrNull(body, "", "subject"), "");
    String reason = Objects.requireNonNullElse(RequestJson.textOrNull(body, "", "reason"), "");
    Caller caller = Visitor.of(request).orElseThrow().caller();
    Duration time = Duration.ofMinutes(minutes.asInt());
    try (Audit.Begun begun =
        audit.begin(caller, "alerts.silenced", rule + " " + subject, minutes.asInt() + " min")) {
      Silence silence =
          begun.carryOut(() -> alerts.silence(rule, subject, time, reason, caller.name()));
      Answers.json(response, 201, SilenceView.of(silence));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private void endSilence(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    RequestQuery.requireNoNul("id", id);
    Caller caller = Visitor.of(request).orElseThrow().caller();
    try (Audit.Begun begun = audit.begin(caller, "alerts.silence-ended", id, "")) {
      if (!begun.ended(alerts.endSilence(id))) {
        throw new RefusedRequest(404, "there is no such silence; it may be over");
      }
    }
    Answers.json(response, 200, Map.of("ended", id));
  }

  private void test(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = Visitor.of(request).orElseThrow().caller();
    List<TestOutcome> outcomes;
    try (Audit.Begun begun = audit.begin(caller, "alerts.tested", "", "")) {
      outcomes = alerts.test();
      begun.done();
    }
    Answers.json(response, 200, Map.of("outcomes", outcomes));
  }

  record AlertList(
      List<AlertView> alerts,
      List<SilenceView> silences,
      List<RuleView> rules,
      List<String> channels) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AlertView(
      String id,
      String rule,
      String subject,
      String severity,
      String summary,
      String remedy,
      String startedAt,
      String lastSeenAt,
      @Nullable String resolvedAt) {
    static AlertView of(Alert alert) {
      Instant resolved = alert.resolvedAt();
      return new AlertView(
          alert.id(),
          alert.rule().label(),
          alert.subject(),
          alert.severity().label(),
          alert.summary(),
          alert.rule().remedy(),
          alert.startedAt().toString(),
          alert.lastSeenAt().toString(),
          resolved == null ? null : resolved.toString());
    }
  }

  record SilenceView(
      String id, String rule, String subject, String until, String reason, String createdBy) {
    static SilenceView of(Silence silence) {
      return new SilenceView(
          silence.id(),
          silence.rule(),
          silence.subject(),
          silence.until().toString(),
          silence.reason(),
          silence.createdBy());
    }
  }

  record RuleView(String name, String meaning) {
    static RuleView of(RuleName rule) {
      return new RuleView(rule.label(), rule.meaning());
    }
  }
}
