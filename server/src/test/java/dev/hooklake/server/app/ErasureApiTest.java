package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.fake.EverythingBelow;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The admin port takes a person out of a running server.
class ErasureApiTest {
  private static final String PATH = "/api/v1/erasures";
  private static final Pattern ID = Pattern.compile("\"id\" : \"([0-9a-f-]{36})\"");

  @TempDir Path data;
  private Running server;

  @BeforeEach
  void start() throws Exception {
    server =
        Server.start(
            SettingsReader.of(
                "test",
                "lake: {commit-wait: 50ms, commit-quiet-wait: 100ms}",
                Map.of(
                    "CUSTOMERIO_WEBHOOK_SECRET", "k",
                    "HOOKLAKE_HOST", "127.0.0.1",
                    "HOOKLAKE_PORT", "0",
                    "HOOKLAKE_ADMIN_PORT", "0",
                    "HOOKLAKE_DATA", data.toString())),
            InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPersonWhoseEventWasJustAcceptedIsErased() throws Exception {
    accept("{\"event_id\":\"a\",\"to\":\"ann@example.com\"}");
    accept("{\"event_id\":\"b\",\"to\":\"bo@example.com\"}");

    Reply begun = admin("POST", PATH, "{\"emails\":[\"Ann@Example.com\"],\"now\":true}");
    assertThat(begun.status()).as(begun.body()).isEqualTo(202);
    assertThat(begun.body()).doesNotContainIgnoringCase("ann@");
    Matcher id = ID.matcher(begun.body());
    assertThat(id.find()).isTrue();
    Reply done = awaitEnd(id.group(1));

    assertThat(done.body())
        .contains("\"state\" : \"done\"", "\"behind\" : [ ]")
        .doesNotContainIgnoringCase("ann@");
    assertThat(new EverythingBelow(data).holding(List.of("ann@example.com"))).isEmpty();
    assertThat(new EverythingBelow(data).holding(List.of("bo@example.com"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"emails\":[\"secret-value\"]}",
        "{\"emails\":[\"secret-value\"",
        "{\"phones\":[\"12\"]}",
        "{\"email\":\"secret-value@example.com\"}",
        "[]",
        "",
        "{}"
      })
  void whatCannotBeUnderstoodIsRefusedAndNotRepeated(String body) throws Exception {
    Reply reply = admin("POST", PATH, body);

    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains("\"error\"").doesNotContain("secret-value");
  }

  @Test
  void otherPathsAndMethodsAreExplained() throws Exception {
    String unknown = PATH + "/00000000-0000-4000-8000-000000000000";
    assertThat(admin("GET", unknown, "").status()).isEqualTo(404);
    assertThat(admin("GET", PATH + "/none", "").status()).isEqualTo(404);
    assertThat(admin("GET", PATH, "").status()).isEqualTo(405);
  }

  private Reply awaitEnd(String id) throws IOException {
    Instant deadline = Instant.now().plusSeconds(90);
    Reply reply = admin("GET", PATH + "/" + id, "");
    while (reply.body().contains("\"running\"")) {
      assertThat(Instant.now()).isBefore(deadline);
      reply = admin("GET", PATH + "/" + id, "");
    }
    return reply;
  }

  private Reply admin(String method, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (RawHttp client = new RawHttp(server.adminPort())) {
      String head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(
                  method, path, server.entrance().tokens().operator().reveal(), bytes.length);
      return client.send(head).send(bytes).reply();
    }
  }

  private void accept(String body) throws IOException {
    var payload = Payload.of(body);
    var head = new StringBuilder("POST /webhook/customerio HTTP/1.1\r\nHost: localhost\r\n");
    new CustomerIoSigner(Secret.of("k"))
        .sign(payload, Instant.now())
        .values()
        .forEach((name, values) -> values.forEach(v -> head.append(name + ": " + v + "\r\n")));
    head.append("Content-Length: ").append(payload.size()).append("\r\n\r\n");
    try (RawHttp client = new RawHttp(server.port())) {
      assertThat(client.send(head.toString()).send(payload.unsafeBytes()).reply().status())
          .isEqualTo(200);
    }
  }
}
