package dev.hooklake.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.enrichment.EventStatus;
import dev.hooklake.server.enrichment.LeadDetails;
import dev.hooklake.server.enrichment.LeadFilter;
import dev.hooklake.server.enrichment.LeadPage;
import dev.hooklake.server.enrichment.Leads;
import dev.hooklake.server.enrichment.Outcome;
import dev.hooklake.server.enrichment.crm.C2sApi;
import dev.hooklake.server.enrichment.crm.CrmAnswer;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Leads on the admin port: list, show, process again, and the CRM's subscriptions.
public final class LeadRoutes {
  private static final int USUAL_PAGE = 100;
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final List<String> FILTERS =
      List.of("source", "leadId", "status", "outcome", "receivedFrom", "receivedTo");
  private static final List<String> TRIGGERS =
      List.of("on_create_lead", "on_update_lead", "on_close_lead");

  /// What there is to show and to ask.
  ///
  /// @param leads null while no source sends leads
  /// @param enriching whether anything would be processed again
  /// @param crm null when the CRM's API is not configured
  public record Parts(
      @Nullable Leads leads, boolean enriching, @Nullable C2sApi crm, Audit audit) {}

  private final Parts parts;

  public LeadRoutes(Parts parts) {
    this.parts = parts;
  }

  public List<AdminRoute> all() {
    return List.of(
        new AdminRoute(Method.GET, "/api/v1/leads", this::list),
        new AdminRoute(Method.POST, "/api/v1/leads/reprocess", this::reprocessMany),
        new AdminRoute(Method.GET, "/api/v1/leads/{id}", this::show),
        new AdminRoute(
            Method.GET, "/api/v1/leads/{id}/payload", Access.OPERATOR, this::showPayload),
        new AdminRoute(Method.POST, "/api/v1/leads/{id}/reprocess", this::reprocessOne),
        new AdminRoute(Method.POST, "/api/v1/c2s/subscriptions", this::subscribe),
        new AdminRoute(Method.DELETE, "/api/v1/c2s/subscriptions", this::unsubscribe));
  }

  private void list(ServerRequest request, ServerResponse response) {
    var known = new ArrayList<>(FILTERS);
    known.addAll(List.of("limit", "after"));
    RequestQuery query = RequestQuery.of(request, known);
    LeadPage page;
    try {
      page =
          leads()
              .list(
                  filter(query),
                  query.number("limit").orElse(USUAL_PAGE),
                  query.text("after").orElse(null));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("events", page.events().stream().map(LeadView::of).toList());
    String next = page.next();
    if (next != null) {
      answer.put("next", next);
    }
    Answers.json(response, 200, answer);
  }

  private void show(ServerRequest request, ServerResponse response) {
    RequestQuery.of(request, List.of());
    Answers.json(response, 200, LeadView.of(known(request), false));
  }

  private void showPayload(ServerRequest request, ServerResponse response) {
    RequestQuery.of(request, List.of());
    LeadDetails details = known(request);
    parts.audit().record(caller(request), "lead.payload", details.event().id(), "");
    Answers.json(response, 200, LeadView.of(details, true));
  }

  private LeadDetails known(ServerRequest request) {
    String id = id(request);
    return leads()
        .show(id)
        .orElseThrow(() -> new RefusedRequest(404, "there is no lead event of this id"));
  }

  private void reprocessOne(ServerRequest request, ServerResponse response) {
    requireEnriching();
    String id = known(request).event().id();
    try (Audit.Begun begun = begin(request, "lead.reprocess", id, "")) {
      if (!begun.ended(leads().reprocess(id))) {
        throw new RefusedRequest(409, "the event has not ended yet; wait until it has");
      }
    }
    Answers.json(response, 200, Map.of("reprocessed", 1));
  }

  private void reprocessMany(ServerRequest request, ServerResponse response) {
    requireEnriching();
    var names = new ArrayList<>(FILTERS);
    names.add("dryRun");
    RequestQuery query = RequestQuery.of(request, names);
    boolean dryRun = query.flag("dryRun");
    LeadFilter filter = filter(query);
    if (filter.equals(LeadFilter.ALL)) {
      throw RefusedRequest.malformed("say which events: give at least one filter");
    }
    List<String> ids = dryRun ? leads().reprocessable(filter) : reprocess(request, filter);
    Answers.json(
        response, 200, Map.of(dryRun ? "reprocessable" : "reprocessed", ids.size(), "ids", ids));
  }

  private List<String> reprocess(ServerRequest request, LeadFilter filter) {
    try (Audit.Begun begun = begin(request, "lead.reprocess", "", filter.toString())) {
      return begun.carryOut(() -> leads().reprocess(filter));
    }
  }

  private void subscribe(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    C2sApi api = callable();
    JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
    RequestJson.requireObject(body, "", List.of("url"));
    URI url = url(RequestJson.text(body, "", "url"));
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (Audit.Begun begun = begin(request, "c2s.subscribe", String.valueOf(url.getHost()), "")) {
      for (String trigger : TRIGGERS) {
        outcomes.put(trigger, outcome(api.subscribe(trigger, url), "subscribed"));
      }
      tell(begun, outcomes);
    }
    answer(response, outcomes);
  }

  private void unsubscribe(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    C2sApi api = callable();
    Map<String, String> outcomes = new LinkedHashMap<>();
    try (Audit.Begun begun = begin(request, "c2s.unsubscribe", "", "")) {
      for (String trigger : TRIGGERS) {
        outcomes.put(trigger, outcome(api.unsubscribe(trigger), "unsubscribed"));
      }
      tell(begun, outcomes);
    }
    answer(response, outcomes);
  }

  /// What the CRM did not agree to has failed.
  private static void tell(Audit.Begun begun, Map<String, String> outcomes) {
    if (agreedToAll(outcomes)) {
      begun.done();
    }
  }

  private static void answer(ServerResponse response, Map<String, String> outcomes) {
    Answers.json(response, agreedToAll(outcomes) ? 200 : 502, Map.of("outcomes", outcomes));
  }

  private static boolean agreedToAll(Map<String, String> outcomes) {
    return outcomes.values().stream().allMatch(outcome -> outcome.endsWith("subscribed"));
  }

  private static String outcome(CrmAnswer<Boolean> answer, String done) {
    return switch (answer) {
      case CrmAnswer.Done<Boolean> _ -> done;
      case CrmAnswer.Unknown<Boolean> _ -> "the CRM has no such page; check c2s.url";
      case CrmAnswer.Failed<Boolean>(var failure) -> failure.reason();
    };
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && "https".equals(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below, without the text: it holds the token.
    }
    throw RefusedRequest.malformed("url must begin with https:// and name a host");
  }

  private static LeadFilter filter(RequestQuery query) {
    return new LeadFilter(
        query.text("source").orElse(null),
        query.text("leadId").orElse(null),
        query.text("status").map(LeadRoutes::status).orElse(null),
        query.text("outcome").map(LeadRoutes::outcome).orElse(null),
        query.time("receivedFrom").orElse(null),
        query.time("receivedTo").orElse(null));
  }

  private static EventStatus status(String label) {
    return EventStatus.of(label)
        .orElseThrow(() ->
            RefusedRequest.malformed("status is one of received, processing, completed, failed"));
  }

  private static Outcome outcome(String label) {
    Optional<Outcome> outcome = Outcome.of(label);
    return outcome.orElseThrow(
        () -> RefusedRequest.malformed("outcome is none that a lead event can have"));
  }

  private static String id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    RequestQuery.requireNoNul("id", id);
    return id;
  }

  private Audit.Begun begin(ServerRequest request, String action, String target, String detail) {
    return parts.audit().begin(caller(request), action, target, detail);
  }

  private static Caller caller(ServerRequest request) {
    return Visitor.of(request).orElseThrow().caller();
  }

  private Leads leads() {
    Leads leads = parts.leads();
    if (leads == null) {
      throw new RefusedRequest(
          409, "no source sends leads; add one of type c2s (WEBHOOK_SECRET), and restart");
    }
    return leads;
  }

  private void requireEnriching() {
    leads();
    if (!parts.enriching()) {
      throw new RefusedRequest(
          409, "enrichment is off, so there is nothing to process again; set enrichment.enabled");
    }
  }

  private C2sApi callable() {
    C2sApi crm = parts.crm();
    if (crm == null) {
      throw new RefusedRequest(409, "set c2s.token (C2S_TOKEN) so that C2S can be called");
    }
    return crm;
  }
}
