package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.EverythingBelow;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An invented person whom events name in every way there is, among others who must not be harmed
/// when she is erased.
final class Vera {
  static final String EMAIL = "vera.lindqvist@example.org";

  /// However she may be written in what is left.
  static final List<String> WORDS =
      List.of(
          EMAIL,
          "vera.lindqvist\\u0040example.org",
          "vera.lindqvist%40example.org",
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(EMAIL.getBytes(UTF_8))
              .substring(0, 30),
          "cust-vera-0077",
          "5511900000077",
          "(11) 90000-0077",
          "vera.lindqvist");

  /// Her identifiers, as `./hooklake erase` takes them; the address is read from standard input.
  static final List<String> IDENTIFIERS =
      List.of("--email", "-", "--customer-id", "cust-vera-0077", "--phone", "+5511900000077");

  /// Keys of events that others are in.
  static final List<String> OTHERS = List.of("o1", "o2", "o3");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Vera() {}

  /// Nine of hers. Those without a name belong to deliveries that an event with a name shares.
  static List<byte[]> events() {
    var events = new ArrayList<byte[]>();
    for (String body :
        List.of(
            event("p1", "email", "delivered", "d-1", "\"" + EMAIL + "\""),
            event("p2", "email", "opened", "d-1", "\"VERA.Lindqvist@Example.ORG\""),
            event("p3", "email", "clicked", "d-1", "\"vera.lindqvist\\u0040example.org\""),
            event("p4", "email", "bounced", "d-1", "null"),
            event("p5", "push", "sent", "d-2", "null").replace("cust-other", "cust-vera-0077"),
            event("p6", "no such object", "sent", "d-3", "\"" + EMAIL + "\""),
            event("p7", "sms", "delivered", "d-4", "null")
                .replace("\"someone\"", "\"+55 (11) 90000-0077\""),
            "{\"event_id\":\"p8\",\"form\":\"to=vera.lindqvist%40example.org&x=%2B5511900000077\"}")) {
      events.add(body.getBytes(UTF_8));
    }
    // Not UTF-8, so kept as base64.
    String latin = "{\"event_id\":\"p9\",\"name\":\"\u00fc\",\"to\":\"" + EMAIL + "\"}";
    events.add(latin.getBytes(ISO_8859_1));
    return events;
  }

  private static List<String> ofOthers() {
    return List.of(
        event("o1", "email", "delivered", "d-9", "\"bo@example.org\""),
        event("o2", "email", "opened", "d-9", "\"bo@example.org\""),
        event("o3", "no such object", "sent", "d-8", "\"bo@example.org\""));
  }

  /// Sends hers and the others', and waits until all have landed.
  static void sendAll(ServerProcess server) throws Exception {
    for (byte[] body : events()) {
      assertThat(post(server, body)).isEqualTo(200);
    }
    for (String body : ofOthers()) {
      assertThat(post(server, body.getBytes(UTF_8))).isEqualTo(200);
    }
    awaitLanded(server, events().size() + OTHERS.size());
  }

  /// A lead of a CRM.
  static void sendLead(ServerProcess server, String token) throws Exception {
    String lead =
        """
        {"id":"lead-77","hook_action":"on_create_lead","attributes":{
         "updated_at":"2026-01-15T10:00:00.000-03:00",
         "customer":{"name":"Vera","email":"%s","phone":"5511900000077"}}}
        """
            .formatted(EMAIL);
    HttpRequest request =
        HttpRequest.newBuilder(server.publicUrl().resolve("/api/v1/webhooks/c2s"))
            .header("X-Webhook-Token", token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(lead))
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /// Returns the answer's status.
  static int post(ServerProcess server, byte[] body) throws IOException, InterruptedException {
    var payload = Payload.wrap(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.customerIo().url())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    new CustomerIoSigner(Secret.of(ServerProcess.SECRET))
        .sign(payload, Instant.now())
        .values()
        .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  static void awaitLanded(ServerProcess server, int rows) throws Exception {
    var never = new CountDownLatch(1);
    Instant deadline = Instant.now().plusSeconds(90);
    while (LandedKeys.in(server.lake()).landing().size() < rows) {
      assertThat(Instant.now()).as("waited for %s rows", rows).isBefore(deadline);
      assertThat(never.await(200, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  /// Files of the server's data directory in which she still is.
  static List<String> found(ServerProcess server) throws IOException, SQLException {
    return new EverythingBelow(server.data()).holding(WORDS);
  }

  /// All that is not hers is in the lake, once, and nothing of hers, also where it names nobody.
  static void assertOnlyOthersAreIn(ServerProcess server) throws IOException, SQLException {
    LandedKeys keys = LandedKeys.in(server.lake());
    assertThat(keys.landing()).containsExactlyInAnyOrderElementsOf(OTHERS);
    assertThat(keys.derived()).containsExactlyInAnyOrderElementsOf(OTHERS);
  }

  static String event(String id, String object, String metric, String delivery, String email) {
    return """
    {"event_id":"%s","object_type":"%s","metric":"%s","timestamp":1767603757,
     "data":{"customer_id":"cust-other","delivery_id":"%s","recipient":"someone",
     "identifiers":{"id":"cust-other","email":%s,"cio_id":null}}}\
    """
        .formatted(id, object, metric, delivery, email);
  }
}
