package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.sinks.SinkReject;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.sinks.Sinks;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sinks on the admin port: how they stand, what they refused, and sending that again.
public final class SinkRoutes {
  private static final int USUAL_REJECTS = 100;

  private final Sinks sinks;
  private final Audit audit;

  public SinkRoutes(Sinks sinks, Audit audit) {
    this.sinks = sinks;
    this.audit = audit;
  }

  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get("/api/v1/sinks", this::list),
        AdminRoute.get("/api/v1/sinks/rejects", this::rejects),
        new AdminRoute(Method.POST, "/api/v1/sinks/{sink}/resend", this::resend));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Answers.json(
        response, 200, Map.of("sinks", sinks.reports().stream().map(SinkView::of).toList()));
  }

  private void rejects(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("sink", "limit"));
    int limit = query.number("limit").orElse(USUAL_REJECTS);
    if (limit < 1 || limit > SinkRejects.MOST_REJECTS) {
      throw RefusedRequest.malformed("limit is a number from 1 to " + SinkRejects.MOST_REJECTS);
    }
    List<SinkReject> rejects = sinks.rejects().list(query.text("sink").orElse(""), limit);
    Answers.json(response, 200, Map.of("rejects", rejects.stream().map(RejectView::of).toList()));
  }

  private void resend(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("id"));
    String sink = request.path().pathParameters().get("sink");
    if (!sinks.knows(sink)) {
      Answers.error(response, 404, "there is no sink of that name");
      return;
    }
    Caller caller = Visitor.of(request).orElseThrow().caller();
    String id = query.text("id").orElse("");
    try (Audit.Begun begun = audit.begin(caller, "sink-rejects.resent", sink, id)) {
      int resending = begun.carryOut(() -> sinks.rejects().resend(sink, id));
      Answers.json(response, 200, Map.of("resending", resending));
    }
  }

  /// A rejected event without what is in it.
  record RejectView(
      String sink,
      String id,
      String source,
      String eventKey,
      String eventType,
      String reason,
      String rejectedAt,
      boolean resending) {
    static RejectView of(SinkReject reject) {
      return new RejectView(
          reject.sink(),
          reject.id(),
          reject.source(),
          reject.eventKey(),
          reject.eventType(),
          reject.reason(),
          reject.rejectedAt().toString(),
          reject.resend());
    }
  }

  /// A sink as the API shows it.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SinkView(
      String name,
      String kind,
      String table,
      String state,
      long storedThrough,
      long lagRecords,
      long written,
      long rejected,
      @Nullable String lastError) {
    static SinkView of(Sinks.Report report) {
      return new SinkView(
          report.name(),
          report.kind(),
          report.table(),
          report.progress().state().name().toLowerCase(Locale.ROOT),
          report.progress().storedThrough(),
          report.lagRecords(),
          report.written(),
          report.rejected(),
          report.progress().lastError());
    }
  }
}
