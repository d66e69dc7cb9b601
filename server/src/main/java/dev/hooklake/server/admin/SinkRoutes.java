package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.sinks.Sinks;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the sinks stand, on the admin port.
public final class SinkRoutes {
  private final Sinks sinks;

  public SinkRoutes(Sinks sinks) {
    this.sinks = sinks;
  }

  public List<AdminRoute> all() {
    return List.of(AdminRoute.get("/api/v1/sinks", this::list));
  }

  private void list(ServerRequest request, ServerResponse response) {
    Answers.json(
        response, 200, Map.of("sinks", sinks.reports().stream().map(SinkView::of).toList()));
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
