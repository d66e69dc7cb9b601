package dev.hooklake.server.admin;

import dev.hooklake.server.alerts.drift.Drift;
import dev.hooklake.server.alerts.drift.DriftEntry;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;

/// What sources send that the tables did not foresee.
public final class DriftRoutes {
  private final Drift drift;

  public DriftRoutes(Drift drift) {
    this.drift = drift;
  }

  public List<AdminRoute> all() {
    return List.of(AdminRoute.get("/api/v1/drift", this::list));
  }

  private void list(ServerRequest request, ServerResponse response) {
    RequestQuery query = RequestQuery.of(request, List.of("source"));
    String source = query.text("source").orElse("");
    List<EntryView> entries =
        drift.all().stream()
            .filter(entry -> source.isEmpty() || entry.source().equals(source))
            .map(EntryView::of)
            .toList();
    Answers.json(response, 200, Map.of("drift", entries));
  }

  record EntryView(
      String source,
      String kind,
      String name,
      boolean isNew,
      String firstSeen,
      String lastSeen,
      long events,
      String sample,
      String eventKey) {
    static EntryView of(DriftEntry entry) {
      return new EntryView(
          entry.source(),
          entry.kind().label(),
          entry.name(),
          entry.isNew(),
          entry.firstSeen().toString(),
          entry.lastSeen().toString(),
          entry.events(),
          entry.sample(),
          entry.eventKey());
    }
  }
}
