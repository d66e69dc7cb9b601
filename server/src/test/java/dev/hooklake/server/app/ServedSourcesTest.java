package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Signed;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Twilio, Resend and described sources as `serve` answers them, started by the environment.
final class ServedSourcesTest {
  private static final String KEY = "whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC";
  private static final Secret SECRET = Secret.of(KEY);
  private static final String PUBLIC = "https://hooks.example.org";
  private static final String CALLBACK =
      "MessageSid=SM%s&MessageStatus=delivered&To=%%2B12025550142&From=%%2B12025550100&AccountSid=AC%s"
          .formatted("3c".repeat(16), "5e".repeat(16));
  private static final String INBOUND =
      CALLBACK.replace("MessageStatus=delivered", "SmsStatus=received&Body=hello");

  @TempDir private Path data;
  private Running server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aStatusCallbackOfTwilioIsAnsweredAsItsGuidesShow() throws Exception {
    start("", "WEBHOOK_BASE_URL", PUBLIC);

    Reply reply = twilio(CALLBACK, PUBLIC);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"success\": true}");
    awaitRows("sms_events", 1);
  }

  @Test
  void aPersonsMessageIsAnsweredWithTwimlThatSendsNothing() throws Exception {
    start("", "WEBHOOK_BASE_URL", PUBLIC);

    Reply reply = twilio(INBOUND, PUBLIC);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/xml");
    assertThat(reply.body()).contains("<Response></Response>");
  }

  @Test
  void aWrongSignatureOfTwilioIsAnswered403() throws Exception {
    start("", "WEBHOOK_BASE_URL", PUBLIC);

    assertThat(twilio(CALLBACK, "https://somewhere.example.net").status()).isEqualTo(403);
    awaitRows("sms_events", 0);
  }

  @Test
  void withoutABaseUrlTheHostCountsAndNoStrangersForwardedHeaders() throws Exception {
    start("");

    assertThat(twilio(CALLBACK, "http://inner.example:8080", "Host: inner.example:8080").status())
        .isEqualTo(200);
    assertThat(
            twilio(
                    CALLBACK,
                    PUBLIC,
                    "Host: inner.example:8080",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: hooks.example.org")
                .status())
        .isEqualTo(403);
  }

  @Test
  void aTrustedProxySaysUnderWhichUrlItWasCalled() throws Exception {
    start("", "HOOKLAKE_TRUSTED_PROXIES", "127.0.0.1, ::1");

    assertThat(
            twilio(
                    CALLBACK,
                    PUBLIC,
                    "Host: inner.example:8080",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: hooks.example.org")
                .status())
        .isEqualTo(200);
  }

  @Test
  void eventsOfAnotherAccountAreSetAside() throws Exception {
    start("", "WEBHOOK_BASE_URL", PUBLIC, "TWILIO_ACCOUNT_SID", "AC" + "00".repeat(16));

    assertThat(twilio(CALLBACK, PUBLIC).status()).isEqualTo(200);
    awaitRows("quarantine", 1);
  }

  @Test
  void resendIsAnsweredAsItsGuidesShow() throws Exception {
    start("");
    Signed signed =
        Provider.resend(SECRET)
            .sign(Provider.resend(SECRET).event(Payload.of("{}")), "", Instant.now());

    assertThat(post("/webhooks/resend", signed, "{}").body()).isEqualTo("{\"success\": true}");
    assertThat(post("/webhooks/resend", signed, "{ }").status()).isEqualTo(401);
  }

  @Test
  void aDescribedSourceAnswersItsProvidersQuestion() throws Exception {
    start(
        """
        sources:
          whatsapp:
            type: meta-whatsapp
            secrets: "app secret"
            handshake: {token: agreed}
        """);
    try (RawHttp client = new RawHttp(server.port())) {
      String target = "/webhooks/whatsapp?hub.verify_token=agreed&hub.challenge=11";
      Reply reply = client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n").reply();
      assertThat(reply.body()).isEqualTo("11");
    }
  }

  @Test
  void healthNamesEveryEndpoint() throws Exception {
    start("");
    try (RawHttp client = new RawHttp(server.port())) {
      Reply reply = client.send("GET /webhooks/health HTTP/1.1\r\nHost: h\r\n\r\n").reply();
      assertThat(reply.body())
          .contains("\"status\":\"healthy\"", "\"service\":\"hooklake\"", "\"timestamp\":\"20")
          .contains("\"POST /webhooks/twilio\"", "\"POST /webhooks/resend\"");
    }
  }

  @Test
  void whatCameUnverifiedSaysSoInLanding() throws Exception {
    start("", "HOOKLAKE_DEV", "true", "VERIFY_WEBHOOK_SIGNATURES", "false");

    assertThat(twilio(CALLBACK, "https://somewhere.example.net").status()).isEqualTo(200);
    awaitLanded();
    assertThat(query("SELECT headers FROM webhook_landing")).contains("hooklake-unverified");
  }

  private Reply twilio(String form, String signedFor, String... headers) throws IOException {
    Provider provider = Provider.twilio(SECRET, Optional.empty());
    Signed signed =
        provider.sign(
            provider.event(Payload.of(form)), signedFor + "/webhooks/twilio", Instant.now());
    return post("/webhooks/twilio", signed, form, headers);
  }

  private Reply post(String path, Signed signed, String body, String... headers)
      throws IOException {
    String given =
        signed.headers().values().entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue().getFirst() + "\r\n")
            .collect(Collectors.joining());
    String own = headers.length == 0 ? "Host: h" : String.join("\r\n", headers);
    try (RawHttp client = new RawHttp(server.port())) {
      return client
          .send(
              "POST "
                  + path
                  + " HTTP/1.1\r\n"
                  + own
                  + "\r\n"
                  + given
                  + "Content-Length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .reply();
    }
  }

  private void start(String yaml, String... env) throws Exception {
    var variables = new HashMap<String, String>();
    variables.put("TWILIO_AUTH_TOKEN", KEY);
    variables.put("RESEND_WEBHOOK_SECRET", KEY);
    variables.put("HOOKLAKE_HOST", "127.0.0.1");
    variables.put("HOOKLAKE_PORT", "0");
    variables.put("HOOKLAKE_ADMIN_PORT", "0");
    variables.put("HOOKLAKE_DATA", data.toString());
    for (int i = 0; i < env.length; i += 2) {
      variables.put(env[i], env[i + 1]);
    }
    Settings settings =
        SettingsReader.of(
            "test",
            "lake: {commit-wait: 50ms, commit-quiet-wait: 50ms}\nserver: {shutdown-grace: 500ms}\n"
                + yaml,
            Map.copyOf(variables));
    server = Server.start(settings, InstantSource.system());
  }

  /// Waits until all that was accepted has landed, then counts.
  private void awaitRows(String table, long rows) throws Exception {
    awaitLanded();
    assertThat(query("SELECT count(*) FROM " + table)).endsWith("\r\n" + rows + "\r\n");
  }

  private void awaitLanded() throws Exception {
    while (!status().contains("\"inJournal\" : 0")) {
      Thread.onSpinWait();
    }
  }

  private String query(String sql) {
    var out = new StringWriter();
    CommandLine line = Main.commandLine(Map.of(), InstantSource.system());
    line.setOut(new PrintWriter(out, true));
    line.execute("query", sql, "--format=csv", "--data", data.toString());
    return out.toString();
  }

  private String status() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + server.adminPort() + "/api/v1/status"))
                  .header(
                      "Authorization", "Bearer " + server.entrance().tokens().operator().reveal())
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
