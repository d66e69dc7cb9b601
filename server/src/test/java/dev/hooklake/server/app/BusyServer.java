package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.forwarding.Receiver;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Signed;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.server.simulator.Traffic;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.testkit.bigquery.BigQueryFake;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.RememberedMessages;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// A whole server with all its features, every provider played or faked, and traffic: what the
/// console is looked at with.
///
/// Its Customer.io lists the messages of a few campaigns, and keeps one of their deliveries in
/// forty back for good, so that something is missing.
final class BusyServer {
  static final String LEAD = "lead-1";
  static final String MESSAGE = "order-1042";
  private static final String KEY = "a signing secret";
  private static final String KEPT_BACK = "delivered";
  private static final int ONE_IN = 40;
  private static final int MOST_LISTED = 4;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS =
      """
      server: {shutdown-grace: 500ms}
      lake: {commit-wait: 2s, commit-quiet-wait: 2s}
      providers: {customerio: {api-url: "${FAKE_API}", api-key: app-key}}
      reconciliation: {nightly-at: off, settle: off, lookback-days: 1}
      forwarding:
        first-retry: 1s
        destinations:
          crm:
            url: "${CRM_URL}"
            secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
            private-addresses: true
            metrics: bounced, clicked, delivered
      sinks:
        warehouse:
          type: bigquery
          endpoint: "${BIGQUERY_URL}"
          project: shop-analytics
          dataset: messaging
          table: hooklake_events
      sources:
        customerio: {type: customerio}
        twilio: {type: twilio}
        resend: {type: resend}
        c2s: {type: c2s}
        shop:
          type: generic
          secrets: [shop-secret, shop-secret-of-last-year]
          verification: {type: hmac, signature: {header: X-Shop-Signature}}
          events: {key: /id}
          row:
            channel: email
            metric: {from: /event, values: {mail-sent: sent}}
            timestamp: {from: /at, format: epoch-seconds}
      """;

  private final SettableClock clock = new SettableClock();
  private final RememberedMessages messages = new RememberedMessages(50_000);
  private final CustomerIoFake api = new CustomerIoFake(messages, "app-key", clock);
  private final Receiver crm = new Receiver();
  private final BigQueryFake warehouse = new BigQueryFake();
  private final LeadServices services = LeadServices.open();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Provider customerIo = Provider.customerIo(Secret.of(KEY));
  private final Traffic traffic = customerIo.traffic(new SplittableRandom(7), clock);
  private final Set<String> keptBack = new HashSet<>();
  private final Set<String> listed = new HashSet<>();
  private final Map<String, String> env = new HashMap<>();
  private final Running server;
  private final Thread background;
  private int deliveries;
  private String delivered = "";

  BusyServer(Path data) throws Exception {
    env.put("CUSTOMERIO_WEBHOOK_SECRET", KEY);
    env.put("FAKE_API", api.url().toString());
    env.put("CRM_URL", crm.url().toString());
    env.put("BIGQUERY_URL", warehouse.url().toString());
    // Some that it will never take, so that there are dead letters.
    crm.answers(id -> id.hashCode() % ONE_IN == 0 ? 410 : 204);
    env.put("WEBHOOK_SECRET", "example-token");
    env.put("TWILIO_AUTH_TOKEN", "a twilio token");
    env.put("RESEND_WEBHOOK_SECRET", "whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");
    env.put("WEBHOOK_BASE_URL", "https://hooks.example.com");
    env.put("MESSAGE_ID_MAPPING_STRATEGY", "database");
    env.put("HOOKLAKE_HOST", "127.0.0.1");
    env.put("HOOKLAKE_PORT", "0");
    env.put("HOOKLAKE_ADMIN_PORT", "0");
    env.put("HOOKLAKE_DATA", data.toString());
    String yaml = SETTINGS + LeadServer.enrichment(services);
    server = Server.start(SettingsReader.of("test", yaml, env), clock);
    background =
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> run("simulate", "--duration", "10m", "--rate", "3", "--seed", "8"));
  }

  Running running() {
    return server;
  }

  /// Something of everything, and then a little traffic that goes on.
  void begin() throws Exception {
    send(250);
    assertThat(run("send", "--sample", "unknown-object")).isZero();
    register(MESSAGE, delivered);
    lead(LEAD, "lead1@example.com", "5511900000001");
    background.start();
  }

  /// Events of Customer.io, one after the other.
  void send(int events) throws IOException, InterruptedException {
    for (int i = 0; i < events; i++) {
      SimulatedEvent event = traffic.next();
      if (!keepsBack(event)) {
        post(event);
      }
    }
  }

  private boolean keepsBack(SimulatedEvent event) throws IOException {
    JsonNode body = JSON.readTree(event.body().unsafeBytes());
    boolean shows = isListed(body) && messages.happened(body);
    if (shows && body.path("metric").asText().equals(KEPT_BACK) && deliveries++ % ONE_IN == 0) {
      keptBack.add(event.key());
    } else if (isDeliveredMail(body)) {
      delivered = body.at("/data/delivery_id").asText();
    }
    return keptBack.contains(event.key());
  }

  /// Each campaign costs the provider's API some questions, which it answers at its own pace.
  private boolean isListed(JsonNode body) {
    String campaign = body.at("/data/campaign_id").asText();
    return !campaign.isEmpty()
        && (listed.contains(campaign) || (listed.size() < MOST_LISTED && listed.add(campaign)));
  }

  private static boolean isDeliveredMail(JsonNode body) {
    return body.path("metric").asText().equals(KEPT_BACK)
        && body.path("object_type").asText().equals("email");
  }

  /// Registers a message as whoever sends it does.
  void register(String id, String delivery) throws IOException, InterruptedException {
    String message =
        """
        {"id": "%s", "channel": "email", "messageType": "order confirmation",
         "recipient": "dana@customer.example",
         "externalIds": [{"source": "customerio", "id": "%s"}]}
        """
            .formatted(id, delivery);
    assertThat(admin("POST", "/api/v1/messages", message).statusCode()).isEqualTo(201);
  }

  private void post(SimulatedEvent event) throws IOException, InterruptedException {
    Signed signed = customerIo.sign(event, "", clock.instant());
    HttpRequest.Builder request = HttpRequest.newBuilder(webhook("/webhook/customerio"));
    signed.headers().values().forEach((name, values) -> request.header(name, values.getFirst()));
    HttpResponse<String> answer =
        http.send(
            request.POST(BodyPublishers.ofByteArray(event.body().unsafeBytes())).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /// A lead of the CRM. The last digit of the phone says who it is; nobody for 0 and 9.
  void lead(String id, String email, String phone) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webhook("/api/v1/webhooks/c2s"))
            .header("Content-Type", "application/json")
            .header("X-Webhook-Token", "example-token")
            .POST(BodyPublishers.ofString(services.lead(id, email, phone)))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private URI webhook(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /// Eight days and a busy last one, as of then.
  void fillDays() throws Exception {
    for (int day = 8; day > 1; day--) {
      for (int hour = 20; hour > 0; hour -= 5) {
        clock.back = Duration.ofDays(day).plusHours(hour);
        send(70);
      }
    }
    for (int quarters = 95; quarters > 0; quarters--) {
      clock.back = Duration.ofMinutes(15L * quarters);
      send((int) (60 + Math.round(40 * Math.sin(quarters / 14.0))));
    }
    clock.back = Duration.ZERO;
  }

  /// What pictures are prettier with: leads of every end, other providers, days that were checked.
  void dress() throws Exception {
    awaitAdmin("/api/v1/leads?status=completed", LEAD);
    for (int i = 0; i < 2; i++) {
      services.finder().next(new Fault.Answered(Reply.text(422, "")));
    }
    lead("lead-69", "lead1@example.com", "5511900000001");
    awaitAdmin("/api/v1/leads?status=failed", "lead-69");
    for (int i = 0; i < 8; i++) {
      lead("lead-7" + i, "lead" + i + "@example.com", "551190000000" + i);
    }
    for (String other : List.of("resend", "twilio")) {
      assertThat(command("simulate", "--source", other, "--events", "150", "--rate", "0")).isZero();
    }
    String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    String from = LocalDate.parse(today).minusDays(9).toString();
    String wish =
        "{\"source\": \"customerio\", \"from\": \"%s\", \"to\": \"%s\"}".formatted(from, today);
    assertThat(admin("POST", "/api/v1/reconciliations", wish).statusCode()).isEqualTo(202);
    awaitAdmin("/api/v1/history-jobs", "\"done\"");
  }

  private void awaitAdmin(String path, String text) throws IOException, InterruptedException {
    while (!admin("GET", path, "").body().contains(text)) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /// A command of ours that sends as Customer.io.
  int run(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = webhook("/webhook/customerio").toString();
    all[arguments.length + 2] = "--source";
    all[arguments.length + 3] = "customerio";
    return command(all);
  }

  private int command(String... arguments) {
    return Main.commandLine(env, clock)
        .setOut(new PrintWriter(Writer.nullWriter()))
        .setErr(new PrintWriter(Writer.nullWriter()))
        .execute(arguments);
  }

  /// Asks the admin port for something as the operator.
  HttpResponse<String> admin(String method, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
            .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  void close() throws InterruptedException {
    background.interrupt();
    server.close();
    background.join(Duration.ofSeconds(20));
    services.close();
    warehouse.close();
    crm.close();
    api.close();
    http.close();
  }

  /// The time, or an earlier one.
  private static final class SettableClock implements InstantSource {
    private volatile Duration back = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().minus(back);
    }
  }
}
