package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.hooklake.server.app.settings.LogSettings;
import dev.hooklake.server.app.settings.Settings;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.app.settings.SettingsRefused;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.forwarding.Receiver;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Everything a whole run logs at trace level, with the log set up as the program does it, is
/// searched for what must not be in it.
final class PrivacyTest {
  private static final String SECRET = "sk-4711-never-print-me";
  private static final String PERSON = "person.one@example.com";
  private static final String FORWARDING_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final List<String> BODIES =
      List.of(
          "{\"event_id\":\"a\",\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":1,"
              + "\"data\":{\"delivery_id\":\"d-1\",\"recipient\":\""
              + PERSON
              + "\"}}",
          "{\"event_id\":\"f\",\"object_type\":\"email\",\"metric\":\"sent\",\"timestamp\":1767600000,"
              + "\"data\":{\"delivery_id\":\"d-2\",\"recipient\":\""
              + PERSON
              + "\"}}",
          "{\"event_id\":\"b\",\"object_type\":\""
              + PERSON
              + "\",\"timestamp\":\""
              + PERSON
              + "\"}",
          "not json, but " + PERSON,
          "{\"event_id\": " + PERSON);

  @TempDir private Path data;
  private final LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
  private Receiver receiver;
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
    receiver.answers(_ -> 500);
    Logging.configure(new LogSettings("trace", false));
    logs.getLogger("ROOT").detachAndStopAllAppenders();
    logs.getLogger("ROOT").addAppender(lines);
    lines.setContext(logs);
    lines.start();
    // The receiver's, which is the test's own.
    logs.getLogger("com.sun.net.httpserver").setLevel(Level.OFF);
  }

  @AfterEach
  void stopListening() {
    logs.getLogger("ROOT").detachAppender(lines);
    logs.getLogger("ROOT").setLevel(Level.OFF);
    receiver.close();
  }

  @Test
  void noSecretNoPersonAndNoBodyIsLoggedMeasuredOrAnswered() throws Exception {
    var seen = new StringBuilder();
    try (Running server = Server.start(settings(), InstantSource.system())) {
      track(server);
      for (String body : BODIES) {
        seen.append(send(server, signed(body)));
        seen.append(send(server, signed(body).replaceFirst("x-cio-signature: .", "$0f")));
        seen.append(send(server, signed(body).replaceFirst("x-cio-timestamp: .", "$0" + PERSON)));
      }
      seen.append(send(server, "POST /" + PERSON + "?token=" + SECRET + " HTTP/1.1\r\n\r\n"));
      for (String headers : List.of("", "X-Twilio-Signature: " + SECRET + "\r\n")) {
        seen.append(send(server, toTwilio(headers)));
        seen.append(send(server, toTwilio("X-Forwarded-For: " + PERSON + "\r\n" + headers)));
      }
      seen.append(send(server, SECRET + " " + PERSON + "\r\n\r\n"));
      awaitForwarded();
      seen.append(scrape(server));
      assertThat(scrape(server)).contains("hooklake_events_accepted_total");
    }
    seen.append(
        List.copyOf(lines.list).stream().map(PrivacyTest::whole).collect(Collectors.joining("\n")));

    assertThat(lines.list).extracting(ILoggingEvent::getLoggerName).contains(logger());
    assertThat(seen.toString())
        .doesNotContain(SECRET, PERSON, "never-print-me", FORWARDING_SECRET, "in-the-url");
  }

  private void awaitForwarded() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (receiver.got().isEmpty()) {
      assertThat(System.nanoTime()).as("nothing was forwarded").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static String logger() {
    return "dev.hooklake.server.intake.RefusalLog";
  }

  private static String whole(ILoggingEvent event) {
    return event.getThreadName()
        + " "
        + event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  private static String send(Running server, String request) throws Exception {
    try (RawHttp client = new RawHttp(server.port())) {
      RawHttp.Reply reply = client.send(request).reply();
      return reply.head() + reply.body();
    }
  }

  /// The answers are about the person whom they are asked for; what is logged must not be.
  private static void track(Running server) throws Exception {
    String message =
        "{\"id\":\"42\",\"channel\":\"email\",\"recipient\":\""
            + PERSON
            + "\",\"externalIds\":"
            + "[{\"source\":\"customerio\",\"id\":\"d-1\"}]}";
    for (String request :
        List.of(
            "POST /api/v1/messages HTTP/1.1\r\nContent-Length: " + message.length(),
            "GET /api/v1/messages?recipient=" + PERSON + " HTTP/1.1\r\nContent-Length: 0",
            "GET /api/v1/messages?" + PERSON + "=1 HTTP/1.1\r\nContent-Length: 0")) {
      String head =
          "\r\nHost: localhost\r\nAuthorization: Bearer "
              + server.entrance().tokens().operator().reveal()
              + "\r\n\r\n";
      try (RawHttp client = new RawHttp(server.adminPort())) {
        client.send(request + head + (request.startsWith("POST") ? message : ""));
        assertThat(client.reply().status()).isIn(200, 201, 400);
      }
    }
  }

  private static String toTwilio(String headers) {
    String form = "MessageSid=" + PERSON + "&Body=" + SECRET;
    return "POST /webhooks/twilio?message_id="
        + PERSON
        + " HTTP/1.1\r\nHost: "
        + SECRET
        + "\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + headers
        + "Content-Length: "
        + form.length()
        + "\r\n\r\n"
        + form;
  }

  private static String scrape(Running server) throws Exception {
    try (RawHttp client = new RawHttp(server.adminPort())) {
      return client.send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").reply().body();
    }
  }

  private static String signed(String body) {
    String headers =
        new CustomerIoSigner(Secret.of(SECRET))
            .sign(Payload.of(body), Instant.now()).values().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().getFirst() + "\r\n")
                .collect(Collectors.joining());
    return "POST /webhook/customerio HTTP/1.1\r\nHost: h\r\nAuthorization: Basic "
        + SECRET
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private Settings settings() throws SettingsRefused {
    return SettingsReader.of(
        "test",
        """
        server: {shutdown-grace: 500ms}
        forwarding:
          destinations:
            crm: {url: "%s&also=%s", secrets: %s, private-addresses: true}
        """
            .formatted(receiver.url(), SECRET, FORWARDING_SECRET),
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", SECRET,
            "TWILIO_AUTH_TOKEN", SECRET,
            "MESSAGE_ID_MAPPING_STRATEGY", "database",
            "HOOKLAKE_HOST", "127.0.0.1",
            "HOOKLAKE_PORT", "0",
            "HOOKLAKE_ADMIN_PORT", "0",
            "HOOKLAKE_DATA", data.toString()));
  }
}
