package dev.hooklake.server.alerts.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.hooklake.server.alerts.channel.MailSettings.Encryption;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooks;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each channel against a real server of its kind on the loopback.
final class ChannelsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String PATH = "/services/very/secret";
  private static final String PASSWORD = "a mail password";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Notice NOTICE =
      new Notice(
          "n-1",
          Notice.State.FIRING,
          "missing-events",
          "customerio",
          "critical",
          "customerio has sent <nothing> for 45 min",
          "Look there.",
          NOW.minusSeconds(60),
          NOW);

  private record Posted(Map<String, List<String>> headers, String body) {}

  private final List<Posted> posted = new ArrayList<>();
  private int status = 200;
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        PATH,
        exchange -> {
          posted.add(
              new Posted(
                  new HashMap<>(exchange.getRequestHeaders()),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  @Test
  void anAnswerWhoseBodyNeverEndsIsNotWaitedForForEver() {
    var ended = new CountDownLatch(1);
    http.createContext(
        "/dribbles",
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().flush();
          await(ended);
        });
    var post = new Post(url("/dribbles"), Duration.ofMillis(500));

    assertThatThrownBy(() -> post.send(new byte[0], Map.of()))
        .isInstanceOf(ChannelFailure.class)
        .hasMessageContaining("did not answer");
    ended.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aWebhookIsSignedAsStandardWebhooksHasIt() throws Exception {
    new WebhookChannel(url(), Secret.of(KEY)).send(NOTICE);

    Posted one = posted.getFirst();
    assertThat(verify(one, KEY)).isInstanceOf(Verification.Verified.class);
    assertThat(verify(one, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
        .isInstanceOf(Verification.Refused.class);
    assertThat(header(one, "webhook-id")).isEqualTo("n-1");
    JsonNode body = JSON.readTree(one.body());
    assertThat(body.path("type").asText()).isEqualTo("alert.firing");
    assertThat(body.at("/data/rule").asText()).isEqualTo("missing-events");
    assertThat(body.at("/data/startedAt").asText()).isEqualTo("2026-01-05T08:59:00Z");
  }

  @Test
  void aWebhookWithoutASecretHasNoSignatureAndItsId() throws Exception {
    new WebhookChannel(url(), null).send(NOTICE);

    assertThat(header(posted.getFirst(), "webhook-id")).isEqualTo("n-1");
    assertThat(posted.getFirst().headers().keySet())
        .noneMatch(name -> name.equalsIgnoreCase("webhook-signature"));
  }

  @Test
  void slackGetsATextInWhichNobodyIsMentioned() throws Exception {
    new SlackChannel(url()).send(NOTICE);

    String text = JSON.readTree(posted.getFirst().body()).path("text").asText();
    assertThat(text)
        .startsWith(":red_circle: *missing-events*")
        .contains("&lt;nothing&gt;", "Look there.");
  }

  @Test
  void aRefusalAndAMissingServerAreToldWithoutTheUrlsPath() {
    status = 404;
    assertThatThrownBy(() -> new SlackChannel(url()).send(NOTICE))
        .isInstanceOf(ChannelFailure.class)
        .hasMessage("127.0.0.1 answered 404");

    http.stop(0);
    assertThatThrownBy(() -> new SlackChannel(url()).send(NOTICE))
        .isInstanceOf(ChannelFailure.class)
        .hasMessageContaining("could not be reached")
        .hasMessageNotContaining("secret");
  }

  @Test
  void mailIsHandedToTheServerAfterALogin() throws Exception {
    GreenMail server = mailServer();
    try {
      server.setUser("alerts@example.com", "alerts", PASSWORD);
      new MailChannel(mail(server, PASSWORD)).send(NOTICE);

      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(2);
      assertThat(received[0].getSubject())
          .isEqualTo("Hooklake [critical] customerio has sent <nothing> for 45 min");
      assertThat(received[0].getFrom()[0]).hasToString("alerts@example.com");
      assertThat(received[0].getHeader("X-Hooklake-Notice")).containsExactly("n-1");
      assertThat(String.valueOf(received[0].getContent()))
          .contains("Look there.", "missing-events", "2026-01-05T08:59:00Z");
    } finally {
      server.stop();
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() {
    GreenMail server = mailServer();
    try {
      server.setUser("alerts@example.com", "alerts", PASSWORD);

      assertThatThrownBy(() -> new MailChannel(mail(server, "another")).send(NOTICE))
          .isInstanceOf(ChannelFailure.class)
          .hasMessageContaining("refuses the user or the password")
          .hasMessageNotContainingAny("another", "alerts@example.com");
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailServerWithoutEncryptionIsRefusedUnlessItIsAskedFor() {
    GreenMail server = mailServer();
    try {
      var settings =
          new MailSettings(
              "127.0.0.1",
              server.getSmtp().getPort(),
              Encryption.STARTTLS,
              null,
              null,
              "alerts@example.com",
              List.of("ana@example.com"));
      assertThatThrownBy(() -> new MailChannel(settings).send(NOTICE))
          .isInstanceOf(ChannelFailure.class);
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static GreenMail mailServer() {
    var setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(60_000);
    var server = new GreenMail(setup);
    server.start();
    return server;
  }

  private static MailSettings mail(GreenMail server, String password) {
    return new MailSettings(
        "127.0.0.1",
        server.getSmtp().getPort(),
        Encryption.NONE,
        "alerts",
        password,
        "alerts@example.com",
        List.of("ana@example.com", "ben@example.com"));
  }

  private URI url() {
    return url(PATH);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
  }

  private static String header(Posted posted, String name) {
    return posted.headers().entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(name))
        .map(header -> header.getValue().getFirst())
        .findFirst()
        .orElseThrow();
  }

  private static Verification verify(Posted posted, String key) {
    var headers =
        Headers.of(
            "webhook-id", header(posted, "webhook-id"),
            "webhook-timestamp", header(posted, "webhook-timestamp"),
            "webhook-signature", header(posted, "webhook-signature"));
    return StandardWebhooks.of(List.of(Secret.of(key)), StandardWebhooks.TOLERANCE)
        .verify(delivery(headers, posted.body()));
  }

  private static Delivery delivery(Headers headers, String body) {
    return new Delivery("/", "", headers, Payload.of(body), NOW);
  }
}
