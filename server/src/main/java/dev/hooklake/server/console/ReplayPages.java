package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.admin.EventFinder;
import dev.hooklake.server.admin.FoundEvent;
import dev.hooklake.server.replay.ReplayRange;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replays of one event or of a span, each first as a dry run. Only parts of other pages.
public final class ReplayPages implements ConsolePages {
  private final ReplayRuns runs;
  private final EventFinder finder;
  private final Audit audit;

  public ReplayPages(ReplayRuns runs, EventFinder finder, Audit audit) {
    this.runs = runs;
    this.finder = finder;
    this.audit = audit;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.empty();
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.post("/replays/event/{source}/{+key}", this::event),
        PageRoute.post("/replays", this::span),
        PageRoute.get("/replays/latest", _ -> latest()));
  }

  private PageReply event(PageRequest request) throws IOException {
    String source = request.path("source");
    Optional<FoundEvent> found = finder.find(source, request.path("key"));
    if (found.isEmpty() || found.get().inJournal()) {
      return PageReply.refused(409, "Only what has landed can be replayed.");
    }
    Instant at = found.get().event().receivedAt().truncatedTo(ChronoUnit.MICROS);
    return start(
        request, new ReplayRange(at, at.plus(1, ChronoUnit.MICROS), source), dryRun(request));
  }

  private PageReply span(PageRequest request) throws IOException {
    Map<String, String> form = request.form();
    String source = form.getOrDefault("source", "");
    String reason = form.getOrDefault("reason", "");
    try {
      var range =
          new ReplayRange(
              Instant.parse(form.getOrDefault("from", "")),
              Instant.parse(form.getOrDefault("to", "")),
              source.isEmpty() ? null : source,
              reason.isEmpty() ? null : reason);
      return start(request, range, !form.getOrDefault("dry", "yes").equals("no"));
    } catch (DateTimeException | IllegalArgumentException e) {
      return PageReply.refused(
          400, "Give a span such as 2026-03-01T00:00:00Z to 2026-03-02T00:00:00Z.");
    }
  }

  private static boolean dryRun(PageRequest request) throws IOException {
    return !request.form().getOrDefault("dry", "yes").equals("no");
  }

  private PageReply start(PageRequest request, ReplayRange range, boolean dryRun) {
    String source = range.source();
    try (Audit.Begun begun =
        audit.begin(
            request.caller(),
            dryRun ? "replay.dry-run" : "replay",
            source == null ? "every source" : source,
            written(range))) {
      return begun.accepted(runs.start(range, dryRun))
          ? latest()
          : PageReply.refused(409, "Another replay is running; wait for its end.");
    }
  }

  private static String written(ReplayRange range) {
    String span = range.from() + " to " + range.to();
    return range.reason() == null ? span : span + ", in quarantine for " + range.reason();
  }

  private PageReply latest() {
    ReplayRuns.Run run = runs.latest();
    return run == null
        ? new PageReply.Fragment(200, "note.jte", new Note("info", "No replay has run.", ""))
        : PageReply.fragment("replayRun.jte", run);
  }
}
