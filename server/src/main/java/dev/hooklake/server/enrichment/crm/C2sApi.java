package dev.hooklake.server.enrichment.crm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.enrichment.call.CallOutcome;
import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.enrichment.call.Failure.Kind;
import dev.hooklake.server.enrichment.call.RemoteService;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.c2s.LeadEvent;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// C2S's own interface: leads, notes and subscriptions. All its calls go through one service, which
/// keeps their pace.
public final class C2sApi {
  /// The CRM refuses larger pages.
  static final int PAGE = 50;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NOT_FOUND = 404;

  private final RemoteService service;
  private final String base;
  private final String token;

  /// Through a service that keeps the pace.
  ///
  /// @param base for example `https://api.contact2sale.com/integration`
  public C2sApi(RemoteService service, URI base, String token) {
    this.service = service;
    this.base = base.toString().replaceAll("/+$", "");
    this.token = token;
  }

  public CrmAnswer<LeadEvent> lead(String leadId) throws InterruptedException {
    return read(
        get("/leads/" + encoded(leadId)),
        OK,
        answer -> LeadEvent.read(Payload.of(answer.toString())));
  }

  /// The leads that changed at or after `from`, oldest change first, each in the envelope in which
  /// a webhook brings it.
  ///
  /// @param page from 1
  public CrmAnswer<List<String>> leadsChangedFrom(Instant from, int page)
      throws InterruptedException {
    // Milliseconds or an offset, the very form the CRM itself writes, are refused.
    String since = from.truncatedTo(ChronoUnit.SECONDS).toString();
    String query =
        "?page=%d&perpage=%d&sort=updated_at&updated_gte=%s".formatted(page, PAGE, encoded(since));
    return read(get("/leads" + query), OK, answer -> Optional.of(envelopes(answer)));
  }

  /// Adds a note to a lead. Calling it twice adds two: the CRM is not known to look at marks.
  public CrmAnswer<Boolean> addNote(String leadId, String mark, String text)
      throws InterruptedException {
    ObjectNode body =
        JSON.createObjectNode()
            .put("body", text)
            .put("from", "bot")
            .put("message_type", "text")
            .put("external_id", mark);
    return read(
        post("/leads/" + encoded(leadId) + "/create_message", body),
        CREATED,
        _ -> Optional.of(true));
  }

  /// Registers a URL for one trigger. Another URL of this token is forgotten by that.
  public CrmAnswer<Boolean> subscribe(String hookAction, URI url) throws InterruptedException {
    ObjectNode body =
        JSON.createObjectNode().put("hook_action", hookAction).put("hook_url", url.toString());
    return read(post("/api/subscribe", body), OK, C2sApi::success);
  }

  public CrmAnswer<Boolean> unsubscribe(String hookAction) throws InterruptedException {
    ObjectNode body = JSON.createObjectNode().put("hook_action", hookAction);
    return read(post("/api/unsubscribe", body), OK, C2sApi::success);
  }

  private static Optional<Boolean> success(JsonNode answer) {
    return Optional.of(answer.path("success").asBoolean(true)).filter(done -> done);
  }

  private static List<String> envelopes(JsonNode answer) {
    var leads = new ArrayList<String>();
    for (JsonNode lead : answer.path("data")) {
      leads.add(JSON.createObjectNode().set("data", lead).toString());
    }
    return leads;
  }

  private <T> CrmAnswer<T> read(
      HttpRequest request, int success, Function<JsonNode, Optional<T>> value)
      throws InterruptedException {
    return switch (service.call(request)) {
      case CallOutcome.Failed(Failure failure) -> new CrmAnswer.Failed<>(failure);
      case CallOutcome.Answered(int status, String body) ->
          status == success
              ? json(body)
                  .flatMap(value)
                  .<CrmAnswer<T>>map(CrmAnswer.Done::new)
                  .orElseGet(() ->
                      failed(Kind.UNREADABLE, "the CRM answered something else than expected"))
              : refused(status);
    };
  }

  private <T> CrmAnswer<T> refused(int status) {
    return switch (status) {
      case NOT_FOUND -> new CrmAnswer.Unknown<>();
      case 401, 403 -> new CrmAnswer.Failed<>(service.refused());
      default ->
          status < 300
              ? failed(Kind.UNREADABLE, "the CRM answered " + status)
              : failed(Kind.REJECTED, "the CRM answered " + status);
    };
  }

  private static <T> CrmAnswer<T> failed(Kind kind, String reason) {
    return new CrmAnswer.Failed<>(new Failure(kind, reason, null));
  }

  private static Optional<JsonNode> json(String body) {
    try {
      return Optional.of(JSON.readTree(body.isBlank() ? "{}" : body));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private HttpRequest get(String path) {
    return request(path).GET().build();
  }

  private HttpRequest post(String path, ObjectNode body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/json");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
