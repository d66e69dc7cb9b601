package dev.hooklake.server.admin;

import static dev.hooklake.server.admin.ProviderAnswers.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.customerio.ArrivedEvents;
import dev.hooklake.server.customerio.ConnectionTest;
import dev.hooklake.server.customerio.WebhookCheck;
import dev.hooklake.server.customerio.WebhookWish;
import dev.hooklake.server.customerio.Webhooks;
import dev.hooklake.server.simulator.Sender;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Customer.io's webhooks on the admin port: what they are set to, registering ours, and whether
/// what is subscribed to arrives.
public final class CustomerIoRoutes {
  private static final String WEBHOOKS = "/api/v1/customerio/{source}/webhooks";
  private static final String WEBHOOK = WEBHOOKS + "/{id}";
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int USUAL_DAYS = 30;
  private static final int MOST_DAYS = 3_660;
  private static final List<String> WISH =
      List.of("name", "events", "fullResolution", "withContent");
  private static final List<String> NEW =
      List.of("endpoint", "name", "events", "fullResolution", "withContent");

  private final CustomerIoAccounts accounts;
  private final LakeQuestions lake;
  private final Audit audit;
  private final InstantSource clock;

  public CustomerIoRoutes(
      CustomerIoAccounts accounts, LakeQuestions lake, Audit audit, InstantSource clock) {
    this.accounts = accounts;
    this.lake = lake;
    this.audit = audit;
    this.clock = clock;
  }

  public List<AdminRoute> all() {
    return List.of(
        AdminRoute.get(WEBHOOKS, this::list),
        new AdminRoute(Method.POST, WEBHOOKS, this::create),
        AdminRoute.get(WEBHOOK, this::show),
        new AdminRoute(Method.PATCH, WEBHOOK, this::change),
        new AdminRoute(Method.DELETE, WEBHOOK, this::delete),
        new AdminRoute(Method.POST, WEBHOOK + "/enable", turn(false)),
        new AdminRoute(Method.POST, WEBHOOK + "/disable", turn(true)),
        new AdminRoute(Method.POST, WEBHOOK + "/test", this::test),
        AdminRoute.get("/api/v1/customerio/{source}/webhook-check", this::check));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    Webhooks webhooks = accounts.of(request).webhooks();
    List<WebhookViews.Webhook> views =
        given(webhooks.api().webhooks()).stream()
            .map(webhook -> WebhookViews.Webhook.of(webhook, webhooks))
            .toList();
    Answers.json(response, 200, Map.of("webhooks", views));
  }

  private void show(ServerRequest request, ServerResponse response) throws InterruptedException {
    Webhooks webhooks = accounts.of(request).webhooks();
    ReportingWebhook webhook = given(webhooks.api().webhook(CustomerIoAccounts.id(request)));
    Answers.json(response, 200, WebhookViews.Webhook.of(webhook, webhooks));
  }

  private void create(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    Webhooks webhooks = accounts.of(request).webhooks();
    JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
    RequestJson.requireObject(body, "", NEW);
    URI endpoint = endpoint(webhooks, RequestJson.text(body, "", "endpoint"));
    WebhookWish wish = wish(body);
    Webhooks.Registered registered =
        written(request, "webhook.created", () -> webhooks.register(endpoint, wish));
    Answers.json(
        response,
        registered.created() ? 201 : 200,
        WebhookViews.Registered.of(registered, webhooks));
  }

  private static URI endpoint(Webhooks webhooks, String text) {
    try {
      URI endpoint = new URI(text);
      webhooks.requireOurs(endpoint);
      return endpoint;
    } catch (URISyntaxException e) {
      // Without the text: it may hold a password.
      throw RefusedRequest.malformed("the endpoint is no address");
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private void change(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    Webhooks webhooks = accounts.of(request).webhooks();
    long id = CustomerIoAccounts.id(request);
    JsonNode body = RequestJson.body(request, MAX_BODY_BYTES);
    RequestJson.requireObject(body, "", WISH);
    WebhookWish wish = wish(body);
    ReportingWebhook changed = written(request, "webhook.changed", () -> webhooks.change(id, wish));
    Answers.json(response, 200, WebhookViews.Webhook.of(changed, webhooks));
  }

  private static WebhookWish wish(JsonNode body) {
    try {
      return new WebhookWish(
          RequestJson.textOrNull(body, "", "name"),
          RequestJson.textsOrNull(body, "events"),
          RequestJson.flagOrNull(body, "fullResolution"),
          RequestJson.flagOrNull(body, "withContent"));
    } catch (IllegalArgumentException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private Handler turn(boolean disabled) {
    return (request, response) -> {
      CustomerIoAccounts.Account account = accounts.of(request);
      Webhooks webhooks = account.webhooks();
      if (!disabled) {
        // What cannot be verified is refused, and that holds Customer.io's queue up.
        signing(account);
      }
      long id = CustomerIoAccounts.id(request);
      String action = disabled ? "webhook.disabled" : "webhook.enabled";
      ReportingWebhook turned = written(request, action, () -> webhooks.turn(id, disabled));
      Answers.json(response, 200, WebhookViews.Webhook.of(turned, webhooks));
    };
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    Webhooks webhooks = accounts.of(request).webhooks();
    long id = CustomerIoAccounts.id(request);
    written(request, "webhook.deleted", () -> webhooks.api().delete(id));
    Answers.json(response, 200, Map.of("deleted", id));
  }

  private interface Change<T> {
    Answer<T> make() throws InterruptedException;
  }

  /// Changes something at Customer.io, written down before and after.
  private <T> T written(ServerRequest request, String action, Change<T> change)
      throws InterruptedException {
    try (Audit.Begun begun = begin(request, action)) {
      Answer<T> answer = change.make();
      ProviderAnswers.tell(begun, answer);
      return given(answer);
    }
  }

  private Audit.Begun begin(ServerRequest request, String action) {
    String id = request.path().pathParameters().first("id").map(each -> "/" + each).orElse("");
    String source = request.path().pathParameters().get("source");
    return audit.begin(Visitor.of(request).orElseThrow().caller(), action, source + id, "");
  }

  private void test(ServerRequest request, ServerResponse response) throws InterruptedException {
    CustomerIoAccounts.Account account = accounts.of(request);
    Sender sender = signing(account);
    ReportingWebhook webhook =
        given(account.webhooks().api().webhook(CustomerIoAccounts.id(request)));
    if (!account.webhooks().leadsHere(webhook.endpoint())) {
      throw new RefusedRequest(
          409, "that webhook does not lead to " + account.webhooks().path() + " of a server");
    }
    URI address = address(webhook);
    try (Audit.Begun begun = begin(request, "webhook.tested")) {
      ConnectionTest test = ConnectionTest.send(sender, address, clock.instant());
      begun.done();
      Answers.json(response, 200, WebhookViews.Tested.of(test));
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      throw new RefusedRequest(502, "no answer from " + webhook.shownEndpoint() + ": " + why);
    }
  }

  private static URI address(ReportingWebhook webhook) {
    try {
      return ConnectionTest.address(webhook);
    } catch (IllegalArgumentException e) {
      throw new RefusedRequest(409, String.valueOf(e.getMessage()));
    }
  }

  /// Who signs with the source's key.
  private static Sender signing(CustomerIoAccounts.Account account) {
    Sender sender = account.sender();
    if (sender == null) {
      throw new RefusedRequest(409, account.webhooks().keyUnknown());
    }
    return sender;
  }

  private void check(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    CustomerIoAccounts.Account account = accounts.of(request);
    int days = RequestQuery.of(request, List.of("days")).number("days").orElse(USUAL_DAYS);
    if (days < 1 || days > MOST_DAYS) {
      throw RefusedRequest.malformed("days is a number from 1 to " + MOST_DAYS);
    }
    List<ReportingWebhook> ours = given(account.webhooks().leadingHere());
    WebhookCheck check = WebhookCheck.of(ours, arrived(account.source(), days));
    Answers.json(response, 200, WebhookViews.Check.of(check, account.webhooks()));
  }

  private Map<String, Long> arrived(String source, int days) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      return ArrivedEvents.count(lake, source, today.minusDays(days - 1L));
    } catch (IOException e) {
      throw new RefusedRequest(503, "the lake cannot be read now");
    } catch (SqlFailure e) {
      throw new RefusedRequest(503, String.valueOf(e.getMessage()));
    }
  }
}
