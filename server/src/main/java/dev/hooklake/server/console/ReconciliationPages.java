package dev.hooklake.server.console;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.console.ReconciliationReport.Span;
import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.HistoryJob;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJobs;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Our counts against the providers': how complete each day of each source is, what differs and
/// why, what is missing, and the jobs that compare and fetch.
public final class ReconciliationPages implements ConsolePages {
  private static final int MOST_JOBS = 12;

  /// What is asked, and where it is written down who asked for what.
  public record Parts(HistoryJobs jobs, FigureQueries figures, ParentNames names, Audit audit) {}

  private final @Nullable Parts parts;
  private final InstantSource clock;

  /// @param parts null where no provider can be asked; the page says how to change that
  public ReconciliationPages(@Nullable Parts parts, InstantSource clock) {
    this.parts = parts;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.TRUST, "Reconciliation", "/reconciliation", 'b'));
  }

  @Override
  public List<PageRoute> routes() {
    Parts asked = parts;
    return asked == null
        ? List.of(
            PageRoute.get(
                "/reconciliation",
                _ -> PageReply.page("Reconciliation", "reconciliationOff.jte", "")))
        : List.of(
            PageRoute.get("/reconciliation", request -> page(asked, request)),
            PageRoute.get(
                "/reconciliation/jobs",
                request -> PageReply.fragment("historyJobs.jte", jobs(asked, request))),
            PageRoute.post("/reconciliation/jobs", request -> ask(asked, request)));
  }

  private PageReply page(Parts asked, PageRequest request) throws IOException {
    List<String> sources = asked.jobs().sources();
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<CompletenessStrip> strips =
        sources.stream()
            .map(source -> CompletenessStrip.of(asked.figures(), source, today))
            .toList();
    String source = request.query("source");
    Optional<ReconciliationReport> report =
        sources.isEmpty()
            ? Optional.empty()
            : Optional.of(
                ReconciliationReport.of(
                    asked.figures(),
                    asked.names().known(),
                    new Span(
                        sources.contains(source) ? source : sources.getFirst(),
                        day(request.query("from"), today.minusDays(CompletenessStrip.DAYS - 1L)),
                        day(request.query("to"), today)),
                    request.query("after")));
    return PageReply.page(
        "Reconciliation",
        "reconciliation.jte",
        new Model(strips, report.orElse(null), jobs(asked, request), today, clock.instant()));
  }

  private PageReply ask(Parts asked, PageRequest request) throws IOException {
    Map<String, String> form = request.form();
    try {
      ask(asked, wish(form), request);
      return PageReply.fragment("historyJobs.jte", jobs(asked, request));
    } catch (DateTimeException e) {
      return refused("Give both days, such as 2026-03-01.");
    } catch (IllegalArgumentException e) {
      return refused("Not possible: " + e.getMessage() + ".");
    }
  }

  private static void ask(Parts asked, Wish wish, PageRequest request) {
    String days = wish.from() + " to " + wish.to() + (wish.dryRun() ? ", dry run" : "");
    try (Audit.Begun begun =
        asked.audit().begin(request.caller(), wish.kind().label(), wish.source(), days)) {
      begun.setGoing(() -> asked.jobs().ask(wish));
    }
  }

  /// Stands where the jobs were, with a way back to them.
  private static PageReply refused(String why) {
    return new PageReply.Fragment(400, "historyJobsRefused.jte", why);
  }

  /// A backfill is a dry run unless it is said to be none.
  private static Wish wish(Map<String, String> form) {
    Kind kind =
        form.getOrDefault("kind", "").equals(Kind.BACKFILL.label())
            ? Kind.BACKFILL
            : Kind.RECONCILIATION;
    return new Wish(
        kind,
        form.getOrDefault("source", ""),
        LocalDate.parse(form.getOrDefault("from", "")),
        LocalDate.parse(form.getOrDefault("to", "")),
        kind == Kind.BACKFILL && !form.getOrDefault("dry", "yes").equals("no"),
        "person");
  }

  private Jobs jobs(Parts asked, PageRequest request) {
    return new Jobs(asked.jobs().newest(MOST_JOBS), clock.instant(), request.byOperator());
  }

  private static LocalDate day(String text, LocalDate otherwise) {
    try {
      return text.isEmpty() ? otherwise : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  /// The page.
  ///
  /// @param report null while no source can be checked
  public record Model(
      List<CompletenessStrip> strips,
      @Nullable ReconciliationReport report,
      Jobs jobs,
      LocalDate today,
      Instant now) {

    public boolean checked() {
      return strips.stream().anyMatch(CompletenessStrip::checked);
    }
  }

  /// The newest jobs.
  public record Jobs(List<HistoryJob> jobs, Instant now, boolean operator) {
    public Jobs {
      jobs = List.copyOf(jobs);
    }

    /// Whether looking again soon shows something else.
    public boolean moving() {
      return jobs.stream().anyMatch(job -> !job.ended());
    }

    public String kind(HistoryJob job) {
      return switch (job.state()) {
        case WAITING -> "";
        case RUNNING -> "info";
        case DONE -> "good";
        case FAILED -> "bad";
      };
    }

    public String name(HistoryJob job) {
      return switch (job.kind()) {
        case RECONCILIATION -> "reconcile";
        case BACKFILL ->
            "backfill"
                + (job.export() == null ? "" : " from " + job.export().words())
                + (job.dryRun() ? ", dry run" : "");
      };
    }

    /// What it came to, in a few words.
    public String result(HistoryJob job) {
      HistoryJob.Progress reached = job.progress();
      String compared =
          Show.count(reached.expected()) + " compared, " + Show.count(reached.missing());
      return switch (job.kind()) {
        case RECONCILIATION -> compared + " missing";
        case BACKFILL ->
            job.dryRun()
                ? Show.count(reached.filled(), "event", "events") + " would be fetched"
                : Show.count(reached.filled(), "event", "events") + " fetched";
      };
    }

    /// A dry run that found something can be done in earnest; of a file only with the file again.
    public boolean mayFetch(HistoryJob job) {
      return operator
          && job.dryRun()
          && job.export() == null
          && job.state() == HistoryJob.State.DONE
          && job.progress().filled() > 0;
    }
  }
}
