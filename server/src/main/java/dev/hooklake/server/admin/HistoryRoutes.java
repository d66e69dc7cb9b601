package dev.hooklake.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.HistoryJob;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJobs;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Paths of reconciliation and backfill: asking for a job, looking how far it is, and what was
/// found.
public final class HistoryRoutes {
  private static final int MAX_BODY_BYTES = 4_096;
  private static final int MOST_JOBS = 1_000;
  private static final List<String> SPAN = List.of("source", "from", "to");
  private static final List<String> SPAN_AND_PAGE =
      List.of("source", "from", "to", "after", "limit");
  private static final List<String> WISH = List.of("source", "from", "to");
  private static final List<String> BACKFILL_WISH =
      List.of("source", "from", "to", "dryRun", "export");

  private final @Nullable Asked asked;
  private final InstantSource clock;

  /// What is asked, and where it is written down who asked for what.
  public record Asked(HistoryJobs jobs, FigureQueries figures, Audit audit) {}

  /// Serves the paths.
  ///
  /// @param asked null where no provider can be asked; the paths say so then
  public HistoryRoutes(@Nullable Asked asked, InstantSource clock) {
    this.asked = asked;
    this.clock = clock;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.POST, "/api/v1/reconciliations", ask(Kind.RECONCILIATION)),
        new AdminRoute(Method.POST, "/api/v1/backfills", ask(Kind.BACKFILL)),
        new AdminRoute(Method.GET, "/api/v1/history-jobs", this::newest),
        new AdminRoute(Method.GET, "/api/v1/history-jobs/{id}", this::one),
        new AdminRoute(Method.GET, "/api/v1/completeness", this::days),
        new AdminRoute(Method.GET, "/api/v1/completeness/report", this::report),
        new AdminRoute(Method.GET, "/api/v1/completeness/missing", this::missing));
  }

  private Asked asked() {
    if (asked == null) {
      throw new RefusedRequest(
          409,
          "no provider can be asked; give its credentials, for example CUSTOMERIO_APP_API_KEY,"
              + " and restart");
    }
    return asked;
  }

  private Handler ask(Kind kind) {
    return (request, response) -> {
      JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
      boolean backfill = kind == Kind.BACKFILL;
      RequestJson.requireObject(body, "", backfill ? BACKFILL_WISH : WISH);
      Optional<ExportWish> export = ExportWish.in(body);
      var wish =
          new Wish(
              kind,
              RequestJson.text(body, "", "source"),
              day("from", RequestJson.text(body, "", "from")),
              day("to", RequestJson.text(body, "", "to")),
              backfill && body.path("dryRun").asBoolean(),
              "person",
              export.map(ExportWish::part).orElse(null),
              export.map(ExportWish::file).orElse(""));
      Answers.json(response, 202, view(ask(wish, Visitor.of(request).orElseThrow().caller())));
    };
  }

  private static String days(Wish wish) {
    return wish.from()
        + " to "
        + wish.to()
        + (wish.export() == null ? "" : ", from " + wish.export().words())
        + (wish.dryRun() ? ", dry run" : "");
  }

  /// What is wrong with a wish is its sender's to mend.
  private HistoryJob ask(Wish wish, Caller caller) {
    try (Audit.Begun begun =
        asked().audit().begin(caller, wish.kind().label(), wish.source(), days(wish))) {
      return begun.setGoing(() -> asked().jobs().ask(wish));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private void newest(ServerRequest request, ServerResponse response) {
    int limit = number(RequestQuery.of(request, List.of("limit")), "limit", 20, MOST_JOBS);
    Answers.json(
        response,
        200,
        Map.of("jobs", asked().jobs().newest(limit).stream().map(this::view).toList()));
  }

  private void one(ServerRequest request, ServerResponse response) {
    String id = request.path().pathParameters().get("id");
    RequestQuery.requireNoNul("id", id);
    asked()
        .jobs()
        .find(id)
        .ifPresentOrElse(
            job -> Answers.json(response, 200, view(job)),
            () -> Answers.error(response, 404, "there is no such job, or it is forgotten"));
  }

  private void days(ServerRequest request, ServerResponse response) {
    Span span = Span.in(RequestQuery.of(request, SPAN));
    List<HistoryView.Day> days =
        asked().figures().days(span.source(), span.from(), span.to()).stream()
            .map(HistoryView::day)
            .toList();
    Answers.json(response, 200, Map.of("days", days));
  }

  private void report(ServerRequest request, ServerResponse response) {
    Span span = Span.in(RequestQuery.of(request, SPAN));
    Answers.json(
        response,
        200,
        HistoryView.report(asked().figures().report(span.source(), span.from(), span.to())));
  }

  private void missing(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, SPAN_AND_PAGE);
    Span span = Span.in(query);
    var page =
        new FigureQueries.Page(
            number(query, "after", 0, Integer.MAX_VALUE),
            Math.max(1, number(query, "limit", 100, FigureQueries.MOST_ROWS)));
    List<HistoryView.Missing> events =
        asked().figures().missing(span.source(), span.from(), span.to(), page).stream()
            .map(HistoryView::missing)
            .toList();
    Answers.json(response, 200, Map.of("events", events));
  }

  private HistoryView.Job view(HistoryJob job) {
    return HistoryView.job(job, clock.instant());
  }

  private record Span(String source, LocalDate from, LocalDate to) {
    static Span in(RequestQuery query) {
      return new Span(
          required(query, "source"),
          day("from", required(query, "from")),
          day("to", required(query, "to")));
    }

    private static String required(RequestQuery query, String name) {
      return query
          .text(name)
          .orElseThrow(() -> RefusedRequest.malformed(name + " is missing in the query"));
    }
  }

  private static int number(RequestQuery query, String name, int otherwise, int most) {
    int number = query.number(name).orElse(otherwise);
    if (number < 0 || number > most) {
      throw RefusedRequest.malformed(name + " is a number up to " + most);
    }
    return number;
  }

  private static LocalDate day(String name, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 1970 && day.getYear() <= 9999) {
        return day;
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw RefusedRequest.malformed(name + " is a UTC day such as 2026-03-01, from 1970 on");
  }
}
