package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Erases a person from the real program, running and stopped, and then searches every byte of its
/// data directory, and every value of every Parquet file in it.
class EraseIT {
  private static final String EMAIL = "vera.lindqvist@example.org";
  private static final String CUSTOMER = "cust-vera-0077";
  private static final String PHONE = "5511900000077";

  /// The person, however it may be written in what is left.
  private static final List<String> WORDS =
      List.of(
          EMAIL,
          "vera.lindqvist\\u0040example.org",
          "vera.lindqvist%40example.org",
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(EMAIL.getBytes(UTF_8))
              .substring(0, 30),
          CUSTOMER,
          PHONE,
          "(11) 90000-0077",
          "vera.lindqvist");

  /// Of the person. Those without a name belong to deliveries that an event with a name shares.
  private static final List<String> OF_PERSON =
      List.of(
          event("p1", "email", "delivered", "d-1", "\"" + EMAIL + "\""),
          event("p2", "email", "opened", "d-1", "\"VERA.Lindqvist@Example.ORG\""),
          event("p3", "email", "clicked", "d-1", "\"vera.lindqvist\\u0040example.org\""),
          event("p4", "email", "bounced", "d-1", "null"),
          event("p5", "push", "sent", "d-2", "null").replace("cust-other", CUSTOMER),
          event("p6", "no such object", "sent", "d-3", "\"" + EMAIL + "\""),
          event("p7", "sms", "delivered", "d-4", "null")
              .replace("\"someone\"", "\"+55 (11) 90000-0077\""),
          "{\"event_id\":\"p8\",\"form\":\"to=vera.lindqvist%40example.org&x=%2B" + PHONE + "\"}");

  private static final List<String> OF_OTHERS =
      List.of(
          event("o1", "email", "delivered", "d-9", "\"not-vera.lindqvist@example.org\"")
              .replace("not-vera.lindqvist", "bo"),
          event("o2", "email", "opened", "d-9", "\"bo@example.org\""),
          event("o3", "no such object", "sent", "d-8", "\"bo@example.org\""));

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingOfAPersonIsLeftWhileTheServerRunsOrIsStopped() throws Exception {
    var server = new ServerProcess(folder);
    server.start();
    send(server);
    awaitLanded(server, OF_PERSON.size() + 1 + OF_OTHERS.size());
    run(server, "lake", "maintain");
    assertThat(everything(server)).as("before").isNotEmpty();

    String receipt =
        fed(
            server,
            EMAIL + "\n",
            "erase",
            "--email",
            "-",
            "--customer-id",
            CUSTOMER,
            "--phone",
            "+" + PHONE,
            "--now");

    assertThat(receipt)
        .contains("9 in webhook_landing", "4 in email_events", "1 in push_events")
        .contains("1 in sms_events", "3 in quarantine")
        .doesNotContain("NOT COMPLETE")
        .doesNotContainIgnoringCase("vera");
    assertThat(everything(server)).as("beside the running server").isEmpty();
    assertThat(receipts(server)).hasSize(1).first().asString().contains("\"journalRecords\"");
    // The same event again is still a repeat, and a later event of somebody else lands.
    assertThat(post(server, OF_PERSON.getFirst().getBytes(UTF_8))).isEqualTo(200);
    assertThat(everything(server)).as("after a repeat").isEmpty();
    assertThat(run(server, "query", "SELECT count(*) AS n FROM webhook_landing"))
        .containsPattern("(?m)^" + OF_OTHERS.size() + "$");
    assertThat(server.stop()).isIn(0, 143);
    assertThat(everything(server)).as("after the stop").isEmpty();

    eraseOnAStoppedServer(server);
  }

  private void eraseOnAStoppedServer(ServerProcess server) throws Exception {
    server.start();
    assertThat(
            post(server, event("l1", "email", "sent", "d-77", "\"" + EMAIL + "\"").getBytes(UTF_8)))
        .isEqualTo(200);
    server.kill();
    assertThat(everything(server)).as("killed before it had landed, or after").isNotEmpty();

    run(server, "erase", "--email", EMAIL, "--now");
    assertThat(everything(server)).as("erased while stopped").isEmpty();

    server.start();
    awaitLanded(server, OF_OTHERS.size());
    assertThat(everything(server)).as("started again").isEmpty();
    assertThat(run(server, "journal", "verify", "--help")).isNotEmpty();
    assertThat(server.stop()).isIn(0, 143);
    run(server, "journal", "verify");
    LandedKeys keys = LandedKeys.in(server.lake());
    assertThat(keys.landing()).containsExactlyInAnyOrder("o1", "o2", "o3");
    assertThat(keys.derived()).containsExactlyInAnyOrder("o1", "o2", "o3");
  }

  private void send(ServerProcess server) throws Exception {
    for (String body : OF_PERSON) {
      assertThat(post(server, body.getBytes(UTF_8))).isEqualTo(200);
    }
    // Not UTF-8, so kept as base64.
    String latin = "{\"event_id\":\"p9\",\"name\":\"\u00fc\",\"to\":\"" + EMAIL + "\"}";
    assertThat(post(server, latin.getBytes(ISO_8859_1))).isEqualTo(200);
    for (String body : OF_OTHERS) {
      assertThat(post(server, body.getBytes(UTF_8))).isEqualTo(200);
    }
  }

  private int post(ServerProcess server, byte[] body) throws Exception {
    var payload = Payload.wrap(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.customerIo().url())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    new CustomerIoSigner(Secret.of(ServerProcess.SECRET))
        .sign(payload, Instant.now())
        .values()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static void awaitLanded(ServerProcess server, int rows) throws Exception {
    var never = new CountDownLatch(1);
    Instant deadline = Instant.now().plusSeconds(90);
    while (landed(server) < rows) {
      assertThat(Instant.now()).as("waited for %s rows", rows).isBefore(deadline);
      assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  private static int landed(ServerProcess server) throws Exception {
    return LandedKeys.in(server.lake()).landing().size();
  }

  private static String run(ServerProcess server, String... command) throws Exception {
    return fed(server, "", command);
  }

  private static String fed(ServerProcess server, String input, String... command)
      throws Exception {
    ServerProcess.Ended ended = server.feed(input, command);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static List<String> everything(ServerProcess server) throws Exception {
    return new EverythingBelow(server.data()).holding(WORDS);
  }

  private static List<String> receipts(ServerProcess server) throws Exception {
    try (var files = Files.list(server.data().resolve("erasures"))) {
      return files.map(EraseIT::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String event(
      String id, String object, String metric, String delivery, String email) {
    return """
    {"event_id":"%s","object_type":"%s","metric":"%s","timestamp":1767603757,
     "data":{"customer_id":"cust-other","delivery_id":"%s","recipient":"someone",
     "identifiers":{"id":"cust-other","email":%s,"cio_id":null}}}\
    """
        .formatted(id, object, metric, delivery, email);
  }
}
