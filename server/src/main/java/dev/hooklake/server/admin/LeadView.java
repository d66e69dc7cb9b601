package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.enrichment.LeadDetails;
import dev.hooklake.server.enrichment.Outcome;
import dev.hooklake.server.enrichment.StepRecord;
import dev.hooklake.server.enrichment.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lead event as the admin API shows it. Times are ISO 8601 in UTC; what is not known is left
/// out, and so is the payload unless it is asked for.
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeadView(
    String id,
    String source,
    String leadId,
    String updatedAt,
    @Nullable String hookAction,
    String action,
    String status,
    @Nullable String outcome,
    @Nullable String errorMessage,
    int attempts,
    String receivedAt,
    @Nullable String processedAt,
    @Nullable String nextAttemptAt,
    @Nullable String note,
    @Nullable List<StepView> steps,
    @Nullable String payload) {

  /// A step that has ended.
  record StepView(String step, String state, String result, String endedAt, long millis) {
    static StepView of(StepRecord record) {
      return new StepView(
          record.step().label(),
          record.state().label(),
          record.result(),
          record.endedAt().toString(),
          Duration.between(record.startedAt(), record.endedAt()).toMillis());
    }
  }

  static LeadView of(StoredEvent event) {
    return of(event, null, null, null);
  }

  static LeadView of(LeadDetails details, boolean withPayload) {
    StoredEvent event = details.event();
    return of(
        event,
        details.note(),
        details.steps().stream().map(StepView::of).toList(),
        withPayload ? event.payload() : null);
  }

  private static LeadView of(
      StoredEvent event,
      @Nullable String note,
      @Nullable List<StepView> steps,
      @Nullable String payload) {
    Outcome outcome = event.outcome();
    return new LeadView(
        event.id(),
        event.source(),
        event.leadId(),
        event.updatedAt().toString(),
        event.hookAction(),
        event.action().label(),
        event.status().label(),
        outcome == null ? null : outcome.label(),
        event.errorMessage(),
        event.attempts(),
        event.receivedAt().toString(),
        text(event.processedAt()),
        text(event.nextAttemptAt()),
        note,
        steps,
        payload);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
