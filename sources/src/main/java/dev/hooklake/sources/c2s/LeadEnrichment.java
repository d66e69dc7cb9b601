package dev.hooklake.sources.c2s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.fields.EventRow;
import dev.hooklake.sources.fields.EventTime;
import dev.hooklake.sources.fields.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the enrichment of a lead event ended: states and times, nobody's data. It is journaled like
/// what the CRM sends, and lands in `lead_events` beside it.
///
/// @param eventId ours, of the enriched event
/// @param run goes up each time the event is processed
/// @param outcome for example `enriched`, or `failed`
public record LeadEnrichment(
    String leadId,
    String eventId,
    int run,
    String outcome,
    Instant receivedAt,
    Instant endedAt,
    List<Step> steps) {

  /// Under this header such an event is stored. No sender can set it: what they send is stored with
  /// other headers only.
  private static final String HEADER = "hooklake-lead-enrichment";

  private static final NotUnderstood NO_ENRICHMENT =
      new NotUnderstood(Reason.FIELD_UNUSABLE, "not an enrichment that this server wrote");

  public LeadEnrichment {
    steps = List.copyOf(steps);
  }

  /// One step.
  public record Step(String name, String state, long millis) {}

  public SourceEvent event(String source) {
    ObjectNode body = Json.object();
    body.put("lead_id", leadId)
        .put("event_id", eventId)
        .put("outcome", outcome)
        .put("received_at", receivedAt.toString())
        .put("ended_at", endedAt.toString());
    ArrayNode list = body.putArray("steps");
    for (Step step : steps) {
      list.addObject()
          .put("step", step.name())
          .put("state", step.state())
          .put("millis", step.millis());
    }
    return new SourceEvent(
        source,
        "enrichment:" + eventId + ":" + run,
        endedAt,
        "/",
        Headers.of(HEADER, "1"),
        "application/json",
        Payload.of(Json.write(body)));
  }

  /// Whether an event is one of these.
  public static boolean is(SourceEvent event) {
    return event.headers().single(HEADER).isPresent();
  }

  static Decoding decode(SourceEvent event, Instant processedAt) {
    Optional<JsonNode> body = Json.parse(event.body());
    if (body.isEmpty() || !(body.get() instanceof ObjectNode fields)) {
      return NO_ENRICHMENT;
    }
    Optional<Instant> endedAt = EventTime.ISO_8601.parse(fields.path("ended_at"));
    if (endedAt.isEmpty()) {
      return NO_ENRICHMENT;
    }
    var row = new EventRow(Channel.LEAD.table(), fields);
    row.set("object_type", "lead_enrichment")
        .take("metric", "/outcome")
        .take("lead_id", "/lead_id");
    return new Decoding.Understood(row.drop("/ended_at").build(event, endedAt.get(), processedAt));
  }
}
