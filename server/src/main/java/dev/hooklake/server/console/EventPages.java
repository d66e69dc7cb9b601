package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.EventFinder;
import dev.hooklake.server.admin.EventOutcome;
import dev.hooklake.server.admin.EventOutcomes;
import dev.hooklake.server.admin.FoundEvent;
import dev.hooklake.server.console.PageReply.Fragment;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One event: as received, decoded, its signature, what became of it, and what else happened to its
/// message and its recipient.
public final class EventPages implements ConsolePages {
  /// What is in the body anyway, and when it was decoded, which is now.
  private static final Set<String> NOT_SHOWN = Set.of("extra", "processed_at", "quarantined_at");

  private static final String NOT_KNOWN =
      "No event with this key was accepted, or it was erased. Keys are exact: copy one from the"
          + " live feed or from a table.";

  /// Where it looks. `sources` are by name.
  public record Parts(
      EventFinder finder,
      EventOutcomes outcomes,
      Timeline timeline,
      Map<String, Source> sources,
      InstantSource clock) {
    public Parts {
      sources = Map.copyOf(sources);
    }
  }

  private final Parts parts;
  private final Audit audit;

  public EventPages(Parts parts, Audit audit) {
    this.parts = parts;
    this.audit = audit;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.empty();
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/events/{source}/{+key}", this::page),
        PageRoute.post("/event-revealed/{source}/{+key}", this::revealed),
        PageRoute.get("/event-recipient/{source}/{+key}", this::recipient));
  }

  private PageReply page(PageRequest request) throws IOException {
    String source = request.path("source");
    String key = request.path("key");
    Optional<FoundEvent> found = parts.finder().find(source, key);
    if (found.isEmpty()) {
      return PageReply.notFound(NOT_KNOWN);
    }
    SourceEvent event = found.get().event();
    Row row = derived(found.get());
    EventOutcome outcome = parts.outcomes().find(source, key);
    var model =
        new Model(
            event.source(),
            key,
            title(row),
            outcome,
            steps(found.get(), outcome),
            contents(event, row, false),
            timeline(event, row),
            request.byOperator());
    return PageReply.page(model.title(), "event.jte", model);
  }

  /// Personal data, for an operator who asked; written down first.
  private PageReply revealed(PageRequest request) throws IOException {
    String source = request.path("source");
    String key = request.path("key");
    Optional<FoundEvent> found = parts.finder().find(source, key);
    if (found.isEmpty()) {
      return PageReply.refused(404, NOT_KNOWN);
    }
    audit.record(request.caller(), "event.revealed", source + "/" + key, "");
    Row row = derived(found.get());
    return PageReply.fragment("eventContents.jte", contents(found.get().event(), row, true));
  }

  /// What else happened to whoever this event is about; their address stays here.
  private PageReply recipient(PageRequest request) throws IOException {
    Optional<FoundEvent> found = parts.finder().find(request.path("source"), request.path("key"));
    if (found.isEmpty()) {
      return PageReply.refused(404, NOT_KNOWN);
    }
    String who = who(derived(found.get()));
    return who.isEmpty()
        ? new Fragment(200, "note.jte", new Note("info", "The event names nobody.", ""))
        : PageReply.fragment("timeline.jte", parts.timeline().ofPerson(who));
  }

  private Row derived(FoundEvent found) {
    var decoder = new RecordDecoder(parts.sources());
    return decoder.derived(found.event(), found.sequence(), parts.clock().instant());
  }

  private Timeline.Entries timeline(SourceEvent event, Row row) throws IOException {
    Object delivery = isQuarantined(row) ? null : row.value("delivery_id");
    return delivery == null
        ? new Timeline.Entries(List.of(), false)
        : parts.timeline().ofDelivery(event.source(), delivery.toString());
  }

  private static String title(Row row) {
    return isQuarantined(row)
        ? "Not understood"
        : row.table().name().replace("_events", "").replace('_', '-') + " " + row.value("metric");
  }

  private static String who(Row row) {
    if (isQuarantined(row)) {
      return "";
    }
    for (String column : List.of("email_address", "recipient", "customer_id", "cio_id")) {
      Object value = row.value(column);
      if (value != null && !value.toString().isBlank()) {
        return value.toString();
      }
    }
    return "";
  }

  private static boolean isQuarantined(Row row) {
    return row.table().equals(Tables.QUARANTINE);
  }

  private List<Step> steps(FoundEvent found, EventOutcome outcome) {
    SourceEvent event = found.event();
    var steps = new ArrayList<Step>();
    steps.add(signature(event));
    steps.add(
        new Step("good", "On disk, answered", "sequence " + Show.count(found.sequence()), ""));
    switch (outcome.outcome()) {
      case landed ->
          steps.add(
              new Step("good", "Landed", outcome.table() + " v" + outcome.tableVersion(), ""));
      case quarantined ->
          steps.add(
              new Step(
                  "warn", "Quarantined", outcome.message() == null ? "" : outcome.message(), ""));
      case in_journal ->
          steps.add(
              new Step(
                  "wait",
                  "Waits for the lake",
                  outcome.lastError() == null ? "with the next commit" : outcome.lastError(),
                  ""));
      case unknown, undetermined ->
          steps.add(
              new Step(
                  "bad",
                  "The lake cannot be asked",
                  outcome.lastError() == null ? "" : outcome.lastError(),
                  ""));
    }
    return List.copyOf(steps);
  }

  /// Checked again from what was kept: the same answer as at its arrival while the key is in use.
  private Step signature(SourceEvent event) {
    String at = Show.clock(event.receivedAt());
    Source source = parts.sources().get(event.source());
    if (source == null) {
      return new Step("warn", "Received", "its source is no longer configured", at);
    }
    var delivery =
        new Delivery(event.path(), "", event.headers(), event.body(), event.receivedAt());
    return switch (source.verify(delivery)) {
      case Verification.Verified(var fingerprint, var skew) ->
          new Step(
              "good",
              "Received and verified",
              "key "
                  + fingerprint
                  + (skew == null ? "" : ", signed " + Show.duration(skew) + " before arrival"),
              at);
      case Verification.Refused _ ->
          new Step(
              "good",
              "Received and verified",
              "its key is no longer in use, or its proof is not kept",
              at);
    };
  }

  private static Contents contents(SourceEvent event, Row row, boolean revealed) {
    return new Contents(
        event.source(),
        event.eventKey(),
        row.table().name(),
        facts(row, revealed),
        PayloadText.of(event.body(), event.contentType(), revealed),
        event.body().size(),
        revealed,
        revealed ? Curl.of(event) : "");
  }

  private static List<Fact> facts(Row row, boolean revealed) {
    var facts = new ArrayList<Fact>();
    for (Column column : row.table().columns()) {
      Object value = row.value(column.name());
      if (value != null && !NOT_SHOWN.contains(column.name())) {
        boolean shown =
            revealed
                || isQuarantined(row)
                || !(value instanceof String)
                || Harmless.name(column.name());
        facts.add(
            new Fact(
                column.name(),
                shown ? text(value, revealed) : Masking.masked(value.toString()),
                !shown));
      }
    }
    return List.copyOf(facts);
  }

  private static String text(Object value, boolean revealed) {
    return switch (value) {
      case Instant instant -> Show.time(instant);
      case String text when !revealed -> Masking.quoted(text);
      default -> value.toString();
    };
  }

  /// One thing that was done with it.
  ///
  /// @param kind `good`, `warn`, `bad` or `wait`
  public record Step(String kind, String title, String detail, String at) {}

  /// What is in it.
  public record Contents(
      String source,
      String key,
      String table,
      List<Fact> facts,
      List<PayloadText.Piece> pieces,
      int bytes,
      boolean revealed,
      String curl) {}

  /// The whole page.
  public record Model(
      String source,
      String key,
      String title,
      EventOutcome outcome,
      List<Step> steps,
      Contents contents,
      Timeline.Entries timeline,
      boolean operator) {

    public String outcomeWord() {
      return outcome.outcome().name().replace('_', ' ');
    }

    public String outcomeKind() {
      return Kinds.ofOutcome(outcome.outcome().name());
    }
  }
}
