package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.console.LeadList.Filter;
import dev.hooklake.server.console.PageReply.Fragment;
import dev.hooklake.server.enrichment.LeadDetails;
import dev.hooklake.server.enrichment.LeadFilter;
import dev.hooklake.server.enrichment.Leads;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Leads: how many are in which state, what became of each, and processing them again. What the CRM
/// told of a person is masked until an operator asks for it, which is written down.
public final class LeadPages implements ConsolePages {
  private static final String UNKNOWN = "There is no lead event of this id, or it was erased.";

  /// What the pages show and change.
  ///
  /// @param enriching whether anything would be processed again
  public record Parts(Leads leads, boolean enriching, Audit audit, InstantSource clock) {}

  private final Parts parts;

  public LeadPages(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.NOW, "Leads", "/leads", 'e'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/leads", this::list),
        PageRoute.post("/leads/reprocess", this::reprocessMany),
        PageRoute.get("/leads/{id}", this::page),
        PageRoute.get("/leads/{id}/history", request -> history(request.path("id"))),
        PageRoute.post("/leads/{id}/revealed", this::revealed),
        PageRoute.post("/leads/{id}/reprocess", this::reprocess));
  }

  private PageReply list(PageRequest request) {
    Filter filter = Filter.of(request::query);
    String after = request.query("after");
    return PageReply.page(
        "Leads",
        "leads.jte",
        LeadList.of(
            parts.leads(),
            filter,
            after.isEmpty() ? null : after,
            parts.enriching() && request.byOperator()));
  }

  private PageReply page(PageRequest request) {
    return parts
        .leads()
        .show(request.path("id"))
        .map(details ->
            PageReply.page(
                "Lead event",
                "lead.jte",
                new Lead(
                    history(details),
                    contents(details, false),
                    request.byOperator(),
                    parts.enriching())))
        .orElseGet(() -> PageReply.notFound(UNKNOWN));
  }

  private PageReply history(String id) {
    Optional<LeadDetails> details = parts.leads().show(id);
    return details.isEmpty()
        ? PageReply.refused(404, UNKNOWN)
        : PageReply.fragment("leadHistory.jte", history(details.get()));
  }

  private PageReply revealed(PageRequest request) {
    Optional<LeadDetails> details = parts.leads().show(request.path("id"));
    if (details.isEmpty()) {
      return PageReply.refused(404, UNKNOWN);
    }
    parts
        .audit()
        .record(request.caller(), "lead.payload", details.get().event().id(), "in the console");
    return PageReply.fragment("leadContents.jte", contents(details.get(), true));
  }

  private PageReply reprocess(PageRequest request) {
    String id = request.path("id");
    if (!parts.enriching()) {
      return off();
    }
    try (Audit.Begun begun = parts.audit().begin(request.caller(), "lead.reprocess", id, "")) {
      return begun.ended(parts.leads().reprocess(id))
          ? history(id)
          : PageReply.refused(409, "The event has not ended yet; wait until it has.");
    }
  }

  private PageReply reprocessMany(PageRequest request) throws IOException {
    Map<String, String> form = request.form();
    Filter filter = Filter.of(name -> form.getOrDefault(name, ""));
    LeadFilter asked = filter.asked();
    if (!parts.enriching()) {
      return off();
    }
    if (asked.equals(LeadFilter.ALL)) {
      return PageReply.refused(400, "Say which events: filter by state, end or lead first.");
    }
    boolean dryRun = !form.getOrDefault("dry", "yes").equals("no");
    List<String> ids = dryRun ? parts.leads().reprocessable(asked) : reprocess(request, asked);
    return PageReply.fragment("leadsReprocess.jte", new Reprocessed(filter, ids.size(), dryRun));
  }

  private List<String> reprocess(PageRequest request, LeadFilter asked) {
    try (Audit.Begun begun =
        parts.audit().begin(request.caller(), "lead.reprocess", "", asked.toString())) {
      return begun.carryOut(() -> parts.leads().reprocess(asked));
    }
  }

  private static PageReply off() {
    return new Fragment(
        409,
        "note.jte",
        new Note(
            "warn",
            "Enrichment is off, so there is nothing to process again.",
            "Set enrichment.enabled, and restart."));
  }

  private History history(LeadDetails details) {
    return new History(LeadSteps.of(details), details, parts.clock().instant());
  }

  private static Contents contents(LeadDetails details, boolean revealed) {
    Payload body = Payload.of(details.event().payload());
    return new Contents(
        details.event().id(),
        PayloadText.of(body, "application/json", revealed),
        body.size(),
        revealed);
  }

  /// One event's page.
  public record Lead(History history, Contents contents, boolean operator, boolean enriching) {}

  /// How far an event is.
  public record History(List<LeadSteps.Step> steps, LeadDetails details, Instant now) {
    public boolean ended() {
      return details.event().processedAt() != null;
    }

    public String kind() {
      return Kinds.ofLead(details.event().status());
    }
  }

  /// What the CRM sent.
  public record Contents(String id, List<PayloadText.Piece> pieces, int bytes, boolean revealed) {}

  /// What was processed again, or would be.
  public record Reprocessed(Filter filter, int events, boolean dryRun) {
    public boolean most() {
      return events == Leads.MOST_REPROCESSED;
    }
  }
}
