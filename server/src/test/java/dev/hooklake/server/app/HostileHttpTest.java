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
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Requests that nobody well-meaning sends, as bytes on a socket. Each carries an event that is
/// genuinely signed, so that nothing but the trick can be why it is refused. After each one a
/// neighbour's good event is sent, and those land and no others; what is refused is not repeated in
/// an answer or in the log.
@Timeout(240)
class HostileHttpTest {
  private static final String KEY = "a key for hostile requests";
  private static final String MARK = "m4rk-of-the-attacker";
  private static final String PATH = "/webhook/customerio";
  private static final String LINE = "POST " + PATH + " HTTP/1.1\r\n";
  private static final byte[] JSON = "{}".getBytes(UTF_8);
  private static final SignedBytes PROVIDER = new SignedBytes(PATH, KEY);
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
  private int events;

  /// Stored under keys that nobody here knows.
  private int nameless;

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
    assertThat(keys.landing())
        .containsAll(expected)
        .doesNotHaveDuplicates()
        .hasSize(expected.size() + nameless);
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
            "//webhook/customerio",
            "/webhook//customerio",
            "/webhook/./customerio",
            "/other/.." + PATH,
            "/webhook/custom%65rio",
            "/webhook;v=1/customerio",
            PATH + ";v=1",
            PATH + "#fragment",
            "http://other.example/webhook%2Fcustomerio",
            "http:" + PATH,
            "/" + "a/".repeat(5_000),
            "/%",
            "/%zz",
            "/\\..\\",
            "http://other.example" + PATH.replace("customerio", "other"),
            "*")) {
      refused("POST " + path + " HTTP/1.1\r\nHost: h\r\n", path);
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
      refused(line + "\r\nHost: h\r\n", line);
    }
  }

  @Test
  void headerTricksAreRefused() throws Exception {
    for (String headers :
        List.of(
            "",
            "Host: h\r\nHost: i\r\n",
            "Host: h\r\nX-Nul: a\0b\r\n",
            "Host: h\r\nno colon\r\n",
            "Host: h\r\n: no name\r\n",
            "Host: h\r\nX-Fold: a\r\n b\r\n",
            "Host: h\r\nX Space: a\r\n",
            "Host: h\r\nX-Long: " + "h".repeat(100_000) + "\r\n",
            "Host: h\r\n" + "X-Many: a\r\n".repeat(20_000))) {
      refused(LINE + headers, "headers " + headers);
    }
  }

  @Test
  void framingThatTwoServersMightReadInTwoWaysIsRefusedAndEndsTheConnection() throws Exception {
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
            "Transfer-Encoding: chunked,",
            "Transfer-Encoding: , chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")) {
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(PROVIDER.head(JSON, framing));
        attacker.send("2\r\n{}\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(attacker.statusOrClosed()).as(framing).isIn(RawHttp.CLOSED, 400, 501);
        assertThat(attacker.statusOrClosed()).as("behind %s", framing).isEqualTo(RawHttp.CLOSED);
      }
      neighbourIsServed(framing);
    }
  }

  @Test
  void chunksThatAreNoneAreRefused() throws Exception {
    for (String chunks :
        List.of(
            "-1\r\n{}\r\n0\r\n\r\n",
            "zz\r\n{}\r\n0\r\n\r\n",
            "+2\r\n{}\r\n0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}XX0\r\n\r\n",
            "2\r\n{}0\r\n\r\n",
            "2\r\n{}\r\n0\r\nX: y\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\n{}",
            "7fffffff\r\n" + "a".repeat(1_000),
            "80000000\r\n{}\r\n0\r\n\r\n",
            "2\n{}\n0\n\n",
            "2\r\n{}c\r\n0\r\n\r\n",
            "2;" + "e".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n",
            "\r\n\r\n",
            "0\r\nX-Trailer: " + "t".repeat(100_000) + "\r\n\r\n")) {
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(PROVIDER.head(JSON, "Transfer-Encoding: chunked") + chunks);
        attacker.endOutput();
        assertThat(attacker.statusOrClosed())
            .as(chunks.substring(0, Math.min(20, chunks.length())))
            .isIn(RawHttp.CLOSED, 400, 413);
      }
      neighbourIsServed(chunks);
    }
  }

  @Test
  void bombsInGzipAreNotDetonated() throws Exception {
    byte[] zeros = new byte[200 * MEBIBYTE];
    assertThat(statusOf(zeros, SignedBytes.gzip(zeros))).isEqualTo(413);
    neighbourIsServed("a bomb");

    // Decompressed once, it is an authentic body like any other.
    byte[] inner = SignedBytes.gzip(new byte[50 * MEBIBYTE]);
    assertThat(statusOf(inner, SignedBytes.gzip(inner))).isEqualTo(200);
    nameless++;
    neighbourIsServed("a bomb in an envelope");

    byte[] event = event();
    byte[] whole = SignedBytes.gzip(event);
    assertThat(statusOf(event, Arrays.copyOf(whole, whole.length - 5))).isEqualTo(400);
    neighbourIsServed("a stream cut short");

    byte[] endless = new byte[MEBIBYTE];
    endless[0] = 0x1f;
    endless[1] = (byte) 0x8b;
    endless[2] = 8;
    endless[3] = 0x1c; // extra field, name and comment that never end
    assertThat(statusOf(new byte[0], endless)).isEqualTo(400);
    neighbourIsServed("a header without end");
  }

  private int statusOf(byte[] signed, byte[] compressed) throws IOException {
    try (var attacker = new RawHttp(server.port())) {
      attacker.send(
          PROVIDER.head(signed, "Content-Encoding: gzip\r\nContent-Length: " + compressed.length));
      return attacker.send(compressed).statusOrClosed();
    }
  }

  private static List<byte[]> authenticBodies() {
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
    return bodies;
  }

  @Test
  void authenticBodiesAreKeptWhateverIsInThem() throws Exception {
    List<byte[]> bodies = authenticBodies();
    for (byte[] body : bodies) {
      try (var sender = new RawHttp(server.port())) {
        sender.send(PROVIDER.head(body, SignedBytes.lengthOf(body))).send(body);
        assertThat(sender.statusOrClosed())
            .as(new String(body, 0, Math.min(30, body.length), ISO_8859_1))
            .isEqualTo(200);
      }
      neighbourIsServed("an authentic body");
    }
    // Each of them is one event with a key of its own.
    List<String> keys = List.of("big", "far", "before");
    expected.addAll(keys);
    nameless += bodies.size() - keys.size();
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
      try (var attacker = new RawHttp(server.port())) {
        attacker.send(LINE + "Host: h\r\n" + headers + "\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(attacker.statusOrClosed()).as(headers).isIn(400, 401);
      }
      neighbourIsServed(headers);
    }
  }

  @Test
  void whatMayBeAskedOfHttpAndIsNotSpokenHereHarmsNobody() throws Exception {
    for (String headers :
        List.of(
            "Expect: 200-ok",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: A",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "TE: trailers",
            "Range: bytes=0-99999999999")) {
      byte[] body = event();
      try (var client = new RawHttp(server.port())) {
        client.send(PROVIDER.head(body, headers + "\r\n" + SignedBytes.lengthOf(body))).send(body);
        assertThat(client.statusOrClosed()).as(headers).isEqualTo(200);
      }
      expected.add(keyOf(body));
      neighbourIsServed(headers);
    }
  }

  /// Whatever is refused gets a 4xx that is not about its signature, 501, 503 or 505 without an
  /// echo, or a closed connection, and soon.
  private void refused(String beginning, String name) throws IOException {
    byte[] body = event();
    try (var attacker = new RawHttp(server.port())) {
      attacker.send(beginning + "X-Note: " + MARK + "\r\n" + PROVIDER.headers(body));
      attacker.send(SignedBytes.lengthOf(body) + "\r\n\r\n").send(body);
      attacker.endOutput();
      String answer = attacker.untilClosed();
      String as = name.substring(0, Math.min(60, name.length()));
      assertThat(answer).as(as).doesNotContain(MARK);
      if (!answer.isEmpty()) {
        assertThat(answer).as(as).matches("(?s)HTTP/1\\.1 (40[024-9]|4[1-9].|501|503|505) .*");
      }
    }
    neighbourIsServed(name);
  }

  private void neighbourIsServed(String after) throws IOException {
    byte[] body = event();
    neighbour.send(PROVIDER.head(body, SignedBytes.lengthOf(body))).send(body);
    assertThat(neighbour.reply().status())
        .as("a good event after %s", after.substring(0, Math.min(60, after.length())))
        .isEqualTo(200);
    expected.add(keyOf(body));
  }

  private byte[] event() {
    return ("{\"event_id\":\"event " + events++ + "\"}").getBytes(UTF_8);
  }

  private static String keyOf(byte[] event) {
    return new String(event, UTF_8).split("\"", -1)[3];
  }
}
