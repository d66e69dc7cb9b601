package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hooklake.server.admin.TestSender;
import dev.hooklake.server.admin.TestSender.Result;
import dev.hooklake.server.app.settings.Sections;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SourceSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A test event of every kind of source, through a server's own public port.
final class SignedTestsTest {
  private static final String SECRET = "whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC";
  private static final String SOURCES =
      """
      lake: {commit-wait: 50ms, commit-quiet-wait: 50ms}
      server: {shutdown-grace: 500ms, public-url: "https://hooks.example.org"}
      sources:
        customerio: {type: customerio}
        twilio: {type: twilio, account-sids: [AC00000000000000000000000000000000]}
        resend: {type: resend}
        c2s: {type: c2s}
        signed:
          type: generic
          secrets: one
          verification:
            {type: hmac, signature: {header: X-Sig, prefix: "v1="}, content: "{timestamp}.{body}",
             timestamp: {header: X-Time, tolerance: 5m}}
          events: {split: /events, key: /events/0/id}
          row:
            channel: email
            metric: {from: /events/0/what, values: {mail-sent: sent}}
            timestamp: {from: /events/0/at, format: epoch-seconds}
        token:
          type: generic
          secrets: two
          verification: {type: token, query: key}
          row: {channel: sms, metric: /event, timestamp: {from: /time/iso}}
        basic:
          type: generic
          secrets: "user:password"
          verification: {type: basic}
          row: {channel: {from: /kind}, metric: /event, timestamp: {missing: received}}
        standard:
          type: generic
          secrets: %s
          verification: {type: standard-webhooks}
          events: {key: "header:webhook-id"}
          row: {channel: push, metric: /event, timestamp: {missing: received}}
        key:
          type: generic
          secrets: MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
          verification: {type: ed25519, signature: {header: X-Sig}}
          row: {channel: push, metric: /event, timestamp: {missing: received}}
      """
          .formatted(SECRET);

  @TempDir private Path data;

  @Test
  void everySourceWhoseKeySignsTakesItsTestEvent() throws Exception {
    Settings settings = SettingsReader.of("test", SOURCES, environment());
    try (Running server = Server.start(settings, InstantSource.system());
        HttpClient http = HttpClient.newHttpClient()) {
      var tests =
          new SignedTests(settings.of(Sections.SOURCES), server::port, InstantSource.system());
      for (SourceSettings source : settings.of(Sections.SOURCES)) {
        Result result = tests.send(source.name());
        if (source.name().equals("key")) {
          assertThat(result.accepted()).isFalse();
          assertThat(result.text()).contains("Only its sender can sign");
        } else {
          assertThat(result.accepted()).as(source.name() + ": " + result.text()).isTrue();
          awaitLanded(http, server, source.name(), result.key());
        }
      }
    }
  }

  @Test
  void aServerThatCannotTakeItNowHasNotRefusedIt() throws Exception {
    Settings settings = SettingsReader.of("test", SOURCES, environment());
    HttpServer busy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    busy.start();
    try {
      var tests =
          new SignedTests(
              settings.of(Sections.SOURCES),
              () -> busy.getAddress().getPort(),
              InstantSource.system());

      assertThat(tests.send("customerio").outcome()).isEqualTo(TestSender.Outcome.NOT_NOW);
    } finally {
      busy.stop(0);
    }
  }

  /// In its channel's table, so understood and not set aside.
  private static void awaitLanded(HttpClient http, Running server, String source, String key)
      throws Exception {
    HttpRequest outcome =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/api/v1/events/%s/%s"
                        .formatted(
                            server.adminPort(),
                            source,
                            key.replace("/", "%2F").replace("|", "%7C"))))
            .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal())
            .build();
    String body = http.send(outcome, HttpResponse.BodyHandlers.ofString()).body();
    while (!body.contains("landed")) {
      assertThat(body).as(source + " " + key).contains("in_journal");
      Thread.onSpinWait();
      body = http.send(outcome, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private Map<String, String> environment() {
    return Map.of(
        "CUSTOMERIO_WEBHOOK_SECRET", "one",
        "TWILIO_AUTH_TOKEN", "two",
        "RESEND_WEBHOOK_SECRET", SECRET,
        "WEBHOOK_SECRET", "four",
        "HOOKLAKE_HOST", "127.0.0.1",
        "HOOKLAKE_PORT", "0",
        "HOOKLAKE_ADMIN_PORT", "0",
        "HOOKLAKE_DATA", data.toString());
  }
}
