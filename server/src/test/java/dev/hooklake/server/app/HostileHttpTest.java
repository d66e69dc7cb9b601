package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hooklake.server.app.settings.SettingsReader;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Requests that nobody well-meaning sends, as bytes on a socket. After each one a neighbour's good
/// event is sent, and all of those must land; what is refused is not repeated in an answer or in
/// the log.
@Timeout(240)
class HostileHttpTest {
  private static final String KEY = "a key for hostile requests";
  private static final String MARK = "m4rk-of-the-attacker";
  private static final String PATH = "/webhook/customerio";
  private static final int MEBIBYTE = 1 << 20;
  private static final List<Logger> LOGGERS =
      List.of(
          (Logger) LoggerFactory.getLogger("dev.hooklake"),
          (Logger) LoggerFactory.getLogger("io.helidon"));

  @TempDir private Path data;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Set<String> expected = new TreeSet<>();
  private Running server;
  private RawHttp neighbour;
  private int neighbours;

  @BeforeEach
  void start() throws Exception {
    log.start();
    for (Logger logger : LOGGERS) {
      logger.setLevel(Level.DEBUG);
      logger.setAdditive(false);
      logger.addAppender(log);
    }
    server =
        Server.start(
            SettingsReader.of(
                "test",
                "server: {shutdown-grace: 500ms}\n"
                    + "lake: {commit-wait: 50ms, commit-quiet-wait: 100ms}",
                Map.of(
                    "CUSTOMERIO_WEBHOOK_SECRET", KEY,
                    "HOOKLAKE_HOST", "127.0.0.1",
                    "HOOKLAKE_PORT", "0",
                    "HOOKLAKE_ADMIN_PORT", "0",
                    "HOOKLAKE_DATA", data.toString())),
            InstantSource.system());
    neighbour = new RawHttp(server.port());
  }

  @AfterEach
  void everyGoodEventHasLandedAndNothingIsTold() throws Exception {
    neighbour.close();
    server.close();
    for (Logger logger : LOGGERS) {
      logger.detachAppender(log);
      logger.setAdditive(true);
      logger.setLevel(null);
    }
    LandedKeys keys = LandedKeys.in(data.resolve("lake"));
    assertThat(keys.landing()).containsAll(expected).doesNotHaveDuplicates();
    assertThat(keys.derived()).containsExactlyInAnyOrderElementsOf(keys.landing());
    assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains(MARK));
    assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains(KEY));
  }

  @Test
  void pathsThatWantOutAreServedNothing() throws Exception {
    for (String path :
        List.of(
            PATH + "%00",
            PATH + "/../../etc/passwd",
            "/../.." + PATH,
            "/webhook/..%2f..%2fetc",
            "/webhook%2Fcustomerio",
            "/%c0%ae%c0%ae" + PATH,
            "//webhook//customerio",
            PATH + ";v=1",
            "/" + "a/".repeat(5_000),
            "/%",
            "/%zz",
            "/\\..\\",
            "http://other.example" + PATH.replace("customerio", "other"),
            "*")) {
      refused("POST " + path + " HTTP/1.1\r\nHost: h\r\nX-Note: " + MARK + "\r\n\r\n", path);
    }
  }

  @Test
  void requestLinesThatAreNoneAreRefused() throws Exception {
    for (String line :
        List.of(
            "POST " + PATH + "\0 HTTP/1.1",
            "POST " + PATH,
            "POST",
            "",
            "PRI * HTTP/2.0",
            "POST " + PATH + " HTTP/1.0",
            "POST " + PATH + " HTTP/9.9",
            "POST  " + PATH + "  HTTP/1.1",
            "PO\tST " + PATH + " HTTP/1.1",
            "\u00ff\u00fe " + PATH + " HTTP/1.1",
            "CONNECT other.example:443 HTTP/1.1",
            "X".repeat(100_000))) {
      refused(line + "\r\nHost: h\r\nX-Note: " + MARK + "\r\n\r\n", line);
    }
  }

  @Test
  void headerTricksAreRefused() throws Exception {
    for (String headers :
        List.of(
            "",
            "Host: h\r\nHost: i",
            "Host: h\r\nX-Nul: a\0b",
            "Host: h\r\nno colon",
            "Host: h\r\n: no name",
            "Host: h\r\nX-Fold: a\r\n b",
            "Host: h\r\nX Space: a",
            "Host: h\r\nX-Long: " + "h".repeat(100_000),
            "Host: h" + "\r\nX-Many: a".repeat(20_000))) {
      refused(post(headers + "\r\nX-Note: " + MARK, "Content-Length: 2", "{}"), headers);
    }
  }

  @Test
  void framingThatTwoServersMightReadInTwoWaysIsRefusedAndEndsTheConnection() throws Exception {
    String hidden = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";
    for (String framing :
        List.of(
            "Content-Length: 2\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 2",
            "Content-Length: 2\r\nContent-Length: 3",
            "Content-Length: 2, 3",
            "Content-Length: 2 3",
            "Content-Length: -1",
            "Content-Length: +2",
            "Content-Length: 0x2",
            "Content-Length: 99999999999999999999999",
            "Content-Length : 2",
            "Content-Length:",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")) {
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(post("Host: h", framing, "0\r\n\r\n" + hidden));
        assertThat(attacker.statusOrClosed()).as(framing).isIn(RawHttp.CLOSED, 400, 401, 413, 501);
        assertThat(attacker.statusOrClosed()).as("behind %s", framing).isNotEqualTo(200);
      }
      neighbourIsServed(framing);
    }
  }

  @Test
  void chunksThatAreNoneAreRefused() throws Exception {
    for (String body :
        List.of(
            "-1\r\nab\r\n0\r\n\r\n",
            "zz\r\nab\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\nab",
            "7fffffff\r\n" + "a".repeat(1_000),
            "80000000\r\nab\r\n0\r\n\r\n",
            "2\nab\n0\n\n",
            "2\r\nabc\r\n0\r\n\r\n",
            "2;" + "e".repeat(100_000) + "\r\nab\r\n0\r\n\r\n",
            "\r\n\r\n",
            "0\r\nX-Trailer: " + "t".repeat(100_000) + "\r\n\r\n")) {
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(post("Host: h", "Transfer-Encoding: chunked", body));
        attacker.endOutput();
        assertThat(attacker.statusOrClosed())
            .as(body.substring(0, Math.min(20, body.length())))
            .isIn(RawHttp.CLOSED, 400, 401, 413);
      }
      neighbourIsServed(body);
    }
  }

  @Test
  void bombsInGzipAreNotDetonated() throws Exception {
    byte[] bomb = gzip(new byte[200 * MEBIBYTE]);
    byte[] twice = gzip(gzip(new byte[50 * MEBIBYTE]));
    byte[] whole = gzip("{}".getBytes(UTF_8));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 5);
    byte[] endless = new byte[MEBIBYTE];
    endless[0] = 0x1f;
    endless[1] = (byte) 0x8b;
    endless[2] = 8;
    endless[3] = 0x1c; // extra field, name and comment that never end
    for (byte[] body : List.of(bomb, twice, cut, endless)) {
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(
            post("Host: h", "Content-Encoding: gzip\r\nContent-Length: " + body.length, ""));
        attacker.send(body);
        assertThat(attacker.statusOrClosed()).isIn(400, 401, 413);
      }
      neighbourIsServed("gzip");
    }
  }

  @Test
  void authenticBodiesAreKeptWhateverIsInThem() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    for (String json :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(50_000),
            "[".repeat(900) + "]".repeat(900),
            "{\"event_id\":\"big\",\"timestamp\":1e999999999}",
            "{\"event_id\":\"long number\",\"timestamp\":" + "9".repeat(100_000) + "}",
            "{\"event_id\":\"far\",\"timestamp\":9223372036854775807,\"metric\":\"sent\","
                + "\"object_type\":\"email\",\"data\":{}}",
            "{\"event_id\":\"before\",\"timestamp\":-99999999999999,\"metric\":\"sent\","
                + "\"object_type\":\"email\",\"data\":{}}",
            "{\"event_id\":\"\"}",
            "{\"event_id\":\"a\\u0000b\"}",
            "{\"event_id\":\"\\ud800\"}",
            "{\"event_id\":\"" + "k".repeat(500_000) + "\"}",
            "{\"event_id\":1e400}",
            "{\"event_id\":{\"event_id\":{}}}",
            "{\"event_id\":\"twice\",\"event_id\":\"again\"}",
            "null",
            "\"text\"",
            " ".repeat(100_000))) {
      bodies.add(json.getBytes(UTF_8));
    }
    bodies.add(new byte[] {0});
    bodies.add("{\"event_id\":\"\u00ff\u00fe\"}".getBytes(ISO_8859_1));
    bodies.add(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'});
    for (byte[] body : bodies) {
      try (var sender = new RawHttp(server.port())) {
        sender.send(signed(body)).send(body);
        assertThat(sender.statusOrClosed())
            .as(new String(body, 0, Math.min(30, body.length), ISO_8859_1))
            .isEqualTo(200);
      }
      neighbourIsServed("an authentic body");
    }
    // Each of them is one event with a key of its own.
    expected.addAll(List.of("big", "far", "before"));
  }

  @Test
  void timestampsAndSignaturesOutOfAllRangeAreRefused() throws Exception {
    for (String headers :
        List.of(
            "X-CIO-Timestamp: 99999999999999999999999\r\nX-CIO-Signature: 00",
            "X-CIO-Timestamp: -1\r\nX-CIO-Signature: " + "0".repeat(64),
            "X-CIO-Timestamp: 1e9\r\nX-CIO-Signature: " + "f".repeat(64),
            "X-CIO-Timestamp: \u00b2\r\nX-CIO-Signature: " + "f".repeat(64),
            "X-CIO-Timestamp: 1\r\nX-CIO-Signature: v0=" + "f".repeat(10_000),
            "X-CIO-Timestamp: 1\r\nX-CIO-Signature:",
            "X-CIO-Timestamp: 1\r\nX-CIO-Signature: a\r\nX-CIO-Signature: b")) {
      refused(
          post("Host: h\r\nX-Note: " + MARK + "\r\n" + headers, "Content-Length: 2", "{}"),
          headers);
    }
  }

  @Test
  void whatMayBeAskedOfHttpAndIsNotSpokenHereHarmsNobody() throws Exception {
    for (String headers :
        List.of(
            "Host: h\r\nExpect: 100-continue",
            "Host: h\r\nExpect: 200-ok",
            "Host: h\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: A",
            "Host: h\r\nUpgrade: websocket\r\nConnection: Upgrade",
            "Host: h\r\nTE: trailers",
            "Host: h\r\nRange: bytes=0-99999999999")) {
      try (var client = new RawHttp(server.port())) {
        client.send(post(headers, "Content-Length: 2", "{}"));
        assertThat(client.statusOrClosed()).as(headers).isBetween(100, 417);
      }
      neighbourIsServed(headers);
    }
  }

  /// Whatever is refused gets a 4xx, 501, 503 or 505 without an echo, or a closed connection, and
  /// soon.
  private void refused(String request, String name) throws IOException {
    try (var attacker = new RawHttp(server.port())) {
      attacker.send(request);
      attacker.endOutput();
      String answer = attacker.untilClosed();
      String as = name.substring(0, Math.min(60, name.length()));
      assertThat(answer).as(as).doesNotContain(MARK);
      if (!answer.isEmpty()) {
        assertThat(answer).as(as).matches("(?s)HTTP/1\\.1 (4..|501|503|505) .*");
      }
    }
    neighbourIsServed(name);
  }

  private void neighbourIsServed(String after) throws IOException {
    String key = "neighbour " + neighbours++;
    byte[] body = ("{\"event_id\":\"" + key + "\"}").getBytes(UTF_8);
    neighbour.send(signed(body)).send(body);
    assertThat(neighbour.reply().status())
        .as("a good event after %s", after.substring(0, Math.min(60, after.length())))
        .isEqualTo(200);
    expected.add(key);
  }

  private static String post(String headers, String framing, String body) {
    return "POST " + PATH + " HTTP/1.1\r\n" + headers + "\r\n" + framing + "\r\n\r\n" + body;
  }

  private static String signed(byte[] body) {
    var head = new StringBuilder("POST " + PATH + " HTTP/1.1\r\nHost: h\r\n");
    new CustomerIoSigner(Secret.of(KEY))
        .sign(Payload.copyOf(body), Instant.now())
        .values()
        .forEach((name, values) -> head.append(name + ": " + values.getFirst() + "\r\n"));
    return head + "Content-Length: " + body.length + "\r\n\r\n";
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
