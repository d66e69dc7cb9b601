package dev.hooklake.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.Role;
import dev.hooklake.server.analytics.CsvPrinter;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.MeasureQuestion;
import dev.hooklake.server.analytics.PersonalColumns;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ReportPeriod;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlText;
import dev.hooklake.server.analytics.ViewDefinition;
import dev.hooklake.server.analytics.ViewLibrary;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers over HTTP: measures, reports, and SQL that only reads.
public final class AnalyticsRoutes {
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BODY_BYTES = 64 << 10;
  private static final String NAMES =
      "SELECT source, kind, id, arg_max(name, seen_at) AS name, max(seen_at) AS seen_at"
          + " FROM provider_names GROUP BY source, kind, id ORDER BY source, kind, id";

  private final ViewLibrary library = ViewLibrary.load();
  private final LakeQuestions lake;
  private final Audit audit;
  private final InstantSource clock;

  public AnalyticsRoutes(LakeQuestions lake, Audit audit, InstantSource clock) {
    this.lake = lake;
    this.audit = audit;
    this.clock = clock;
  }

  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/api/v1/analytics", failing(this::measures)),
        AdminRoute.get("/api/v1/names", failing(this::names)),
        AdminRoute.get("/api/v1/reports", this::reports),
        AdminRoute.get("/api/v1/reports/{name}", failing(this::report)),
        new AdminRoute(Method.POST, "/api/v1/sql", Access.OPERATOR, failing(this::sql)));
  }

  private void measures(ServerRequest request, ServerResponse response) throws IOException {
    MeasureQuestion question = MeasureQuestion.of(request.query().toMap(), today());
    answer(request, response, lake.measures(question, QueryLimits.PAGE));
  }

  /// What campaigns and the like are called at their providers. Nothing can be asked wrongly here,
  /// so whatever fails is the server's.
  private void names(ServerRequest request, ServerResponse response) throws IOException {
    try {
      answer(request, response, lake.ask(NAMES, List.of(), QueryLimits.PAGE));
    } catch (SqlFailure.Busy e) {
      throw e;
    } catch (SqlFailure e) {
      Answers.error(response, 503, String.valueOf(e.getMessage()));
    }
  }

  private void reports(ServerRequest request, ServerResponse response) {
    List<Map<String, Object>> reports =
        library.reports().stream()
            .map(report ->
                Map.<String, Object>of(
                    "name", report.name(),
                    "title", report.title(),
                    "question", report.question(),
                    "operatorOnly", PersonalColumns.in(report)))
            .toList();
    Answers.json(response, 200, Map.of("reports", reports));
  }

  private void report(ServerRequest request, ServerResponse response) throws IOException {
    Optional<ViewDefinition> report = library.report(request.path().pathParameters().get("name"));
    if (report.isEmpty()) {
      Answers.error(response, 404, "there is no report of that name; see /api/v1/reports");
      return;
    }
    ReportPeriod period = period(request);
    if (PersonalColumns.in(report.get())) {
      Caller caller = caller(request);
      if (caller.role() != Role.OPERATOR) {
        Answers.error(response, 403, "that report names people, which takes an operator");
        return;
      }
      audit.record(caller, "report.personal", report.get().name(), "");
    }
    answer(request, response, lake.report(report.get(), period, QueryLimits.PAGE));
  }

  private void sql(ServerRequest request, ServerResponse response) throws IOException {
    byte[] body = request.content().inputStream().readNBytes(MOST_BODY_BYTES);
    JsonNode asked = JSON.readTree(body);
    String sql = asked == null ? "" : asked.path("sql").asText();
    if (sql.isBlank()) {
      throw new IllegalArgumentException("send {\"sql\": \"SELECT ...\"}");
    }
    try (Audit.Begun begun =
        audit.begin(caller(request), "sql", "", SqlText.withoutLiterals(sql))) {
      ResultTable table = lake.askTyped(sql, QueryLimits.TYPED);
      begun.done();
      answer(request, response, table);
    }
  }

  private static Caller caller(ServerRequest request) {
    return Visitor.of(request).orElseThrow().caller();
  }

  private ReportPeriod period(ServerRequest request) {
    try {
      return new ReportPeriod(
          LocalDate.parse(query(request, "from", today().minusDays(29).toString())),
          LocalDate.parse(query(request, "to", today().toString())));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a day is written 2026-03-01", e);
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static void answer(ServerRequest request, ServerResponse response, ResultTable table) {
    if (query(request, "format", "json").equals("csv")) {
      response
          .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
          .header("X-Cut-Off", String.valueOf(table.cutOff()))
          .send(CsvPrinter.of(table).getBytes(UTF_8));
    } else {
      Answers.json(response, 200, table);
    }
  }

  private static String query(ServerRequest request, String name, String otherwise) {
    return request.query().first(name).asOptional().orElse(otherwise);
  }

  /// What is asked wrongly is a 400 with the reason; what is not answered now, or a lake that
  /// cannot be read, a 503.
  private static Handler failing(Asked asked) {
    return (request, response) -> {
      try {
        asked.handle(request, response);
      } catch (SqlFailure.Busy e) {
        response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        Answers.error(response, 503, String.valueOf(e.getMessage()));
      } catch (SqlFailure | IllegalArgumentException e) {
        Answers.error(response, 400, String.valueOf(e.getMessage()));
      } catch (JacksonException | CharConversionException e) {
        Answers.error(response, 400, "the body is not JSON; send {\"sql\": \"SELECT ...\"}");
      } catch (IOException e) {
        Answers.error(response, 503, "the lake cannot be read now");
      }
    };
  }

  private interface Asked {
    void handle(ServerRequest request, ServerResponse response) throws IOException;
  }
}
