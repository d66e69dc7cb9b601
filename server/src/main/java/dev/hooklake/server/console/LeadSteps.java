package dev.hooklake.server.console;

import dev.hooklake.server.enrichment.LeadDetails;
import dev.hooklake.server.enrichment.Outcome;
import dev.hooklake.server.enrichment.StepName;
import dev.hooklake.server.enrichment.StepRecord;
import dev.hooklake.server.enrichment.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What happened to a lead event, as a list from its arrival to its end, or to what comes next.
public final class LeadSteps {
  private LeadSteps() {}

  /// One of them.
  ///
  /// @param kind `good`, `warn`, `bad` or `wait`
  public record Step(String kind, String title, String detail, String at) {}

  static List<Step> of(LeadDetails details) {
    StoredEvent event = details.event();
    var steps = new ArrayList<Step>();
    steps.add(new Step("good", "Received", "verified and stored", Show.time(event.receivedAt())));
    details.steps().forEach(record -> steps.add(step(record)));
    steps.add(
        switch (event.status()) {
          case RECEIVED -> new Step("wait", "Waits for its turn", "", "");
          case PROCESSING -> underWay(details);
          case COMPLETED ->
              new Step(
                  "good", "Completed", outcome(event.outcome()), Show.time(event.processedAt()));
          case FAILED -> new Step("bad", "Given up", reason(event), Show.time(event.processedAt()));
        });
    return List.copyOf(steps);
  }

  private static Step step(StepRecord record) {
    String kind =
        switch (record.state()) {
          case DONE -> "good";
          case SKIPPED -> "wait";
          case FAILED -> "warn";
        };
    String took = Show.duration(Duration.between(record.startedAt(), record.endedAt()));
    String detail =
        switch (record.state()) {
          case DONE -> Show.words(record.result());
          case SKIPPED -> "not needed: " + Show.words(record.result());
          case FAILED -> "went on without it: " + Masking.quoted(record.result());
        };
    return new Step(kind, title(record.step()), detail, took);
  }

  private static Step underWay(LeadDetails details) {
    StoredEvent event = details.event();
    String name = next(details.steps());
    if (event.nextAttemptAt() == null) {
      return new Step("wait", name, "under way", "");
    }
    String attempts = Show.count(event.attempts(), "attempt", "attempts");
    return new Step(
        "warn",
        name,
        attempts + " failed: " + reason(event),
        "again at " + Show.time(event.nextAttemptAt()));
  }

  /// The first step that has not ended.
  private static String next(List<StepRecord> ended) {
    for (StepName step : StepName.values()) {
      if (ended.stream().noneMatch(record -> record.step() == step)) {
        return title(step);
      }
    }
    return "Its end";
  }

  private static String title(StepName step) {
    return switch (step) {
      case CONTACTS -> "Read its contacts";
      case CPF_IN_TEXT -> "Look for a CPF number in its text";
      case FIND_BY_PHONE -> "Find the person by phone";
      case FIND_BY_EMAIL -> "Find the person by e-mail";
      case DECIDE -> "Decide who it is";
      case ENRICH_FIRST -> "Look the person up";
      case ENRICH_SECOND -> "Look the second person up";
      case NOTE -> "Write the note into the CRM";
    };
  }

  private static String outcome(@Nullable Outcome outcome) {
    return outcome == null ? "" : Show.words(outcome.label());
  }

  private static String reason(StoredEvent event) {
    return Masking.quoted(Objects.requireNonNullElse(event.errorMessage(), "no reason was noted"));
  }
}
