package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hooklake.server.app.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server that is sent a wrong signature, and who is told of it.
final class AlertsServerTest {
  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final Pattern METRIC = Pattern.compile("\\bhooklake_[a-z_]+");

  @TempDir private Path data;
  private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Map<String, String> env = Map.of();
  private HttpServer receiver;
  private Running server;

  @BeforeEach
  void start() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    env = new HashMap<>();
    env.put("CUSTOMERIO_WEBHOOK_SECRET", "a signing secret");
    env.put("HOOKLAKE_HOST", "127.0.0.1");
    env.put("HOOKLAKE_PORT", "0");
    env.put("HOOKLAKE_ADMIN_PORT", "0");
    env.put("HOOKLAKE_DATA", data.toString());
    env.put("ALERT_WEBHOOK_URL", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/alerts");
    server =
        Server.start(
            SettingsReader.of(
                "test",
                "server: {shutdown-grace: 500ms}\nalerts: {every: 100ms, off: [disk-space]}",
                env),
            InstantSource.system());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    receiver.stop(0);
    http.close();
  }

  @Test
  void aWrongSignatureIsToldByWebhookApiMetricsAndCommand() throws Exception {
    HttpResponse<String> refused =
        send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.port() + "/webhook/customerio"))
                .header("X-CIO-Timestamp", "1614265384")
                .header("X-CIO-Signature", "00".repeat(32))
                .POST(BodyPublishers.ofString("{\"event_id\": \"abc\"}")));
    assertThat(refused.statusCode()).isEqualTo(401);

    String told = posted.poll(60, TimeUnit.SECONDS);
    assertThat(told).contains("alert.firing", "verification-failures", "customerio");
    assertThat(admin("/api/v1/alerts")).contains("verification-failures");
    assertThat(admin("/metrics"))
        .contains("hooklake_alerts_firing{rule=\"verification-failures\",severity=\"warning\"} 1");
    assertThat(command("alerts", "list")).contains("verification-failures").endsWith("exit 1");
    assertThat(command("alerts", "test")).contains("webhook: taken").endsWith("exit 0");
    assertThat(posted.poll(60, TimeUnit.SECONDS)).contains("alert.test");
    assertThat(command("alerts", "silence", "--rule", "drift", "--for", "2h"))
        .contains("silenced until")
        .endsWith("exit 0");
    assertThat(command("alerts", "silence", "--rule", "no-rule", "--for", "2h")).endsWith("exit 1");
    assertThat(command("drift")).contains("(0 rows)").endsWith("exit 0");
  }

  @Test
  void prometheusRulesAndDashboardAskForMetricsThatAreThere() throws Exception {
    String metrics = admin("/metrics");
    var asked = new TreeSet<String>();
    for (String file : new String[] {"prometheus/hooklake-alerts.yaml", "grafana/hooklake.json"}) {
      METRIC
          .matcher(Files.readString(DEPLOY.resolve(file)))
          .results()
          .forEach(found -> asked.add(found.group()));
    }

    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(asked)
        .filteredOn(name -> !name.equals("hooklake_consumer_state"))
        .allSatisfy(name -> assertThat(metrics).contains("\n" + name));
  }

  private String command(String... arguments) {
    var out = new StringWriter();
    int exit =
        Main.commandLine(env, InstantSource.system())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments);
    return out + "exit " + exit;
  }

  private String admin(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path))
            .header("Authorization", "Bearer " + server.entrance().tokens().operator().reveal()))
        .body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
