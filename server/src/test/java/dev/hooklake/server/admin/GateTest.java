package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.Role;
import dev.hooklake.server.access.SessionLimits;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.RawHttp;
import dev.hooklake.server.fake.RawHttp.Reply;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the gate lets through and whom it recognises, over real sockets.
final class GateTest {
  private static final AccessToken OPERATOR = AccessToken.of("an operator's token");
  private static final AccessToken VIEWER = AccessToken.of("a viewer's token!!");

  private final ManualClock clock = new ManualClock();
  private final Sessions sessions = new Sessions(SessionLimits.DEFAULT, clock);
  private final Sessions.Opened browser = sessions.open(new Caller("ana", Role.OPERATOR));
  private WebServer server;

  @BeforeEach
  void start() {
    server = start(new AdminSettings("127.0.0.1", 0));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aTokenOrASessionSaysWhoAsks() throws IOException {
    assertThat(get("localhost", "Authorization: Bearer " + OPERATOR.reveal()).body())
        .isEqualTo("operator token");
    assertThat(get("localhost", "Authorization: Bearer " + VIEWER.reveal()).body())
        .isEqualTo("viewer token");
    assertThat(get("localhost", cookie()).body()).isEqualTo("ana");
    assertThat(get("localhost", "Cookie: hooklake_session=guessed").body()).isEqualTo("stranger");
    assertThat(get("localhost", "Authorization: Bearer guessed").body()).isEqualTo("stranger");
  }

  @Test
  void aWrongTokenIsNotMadeUpForByACookie() throws IOException {
    assertThat(get("localhost", cookie() + "\r\nAuthorization: Bearer guessed").body())
        .isEqualTo("stranger");
  }

  @Test
  void wrongTokensAreRefusedAfterAWhileAndARightOneNever() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(get("localhost", "Authorization: Bearer guessed" + i).status()).isEqualTo(200);
    }

    Reply refused = get("localhost", "Authorization: Bearer guessed");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("61");
    assertThat(get("localhost", "Authorization: Bearer " + VIEWER.reveal()).body())
        .isEqualTo("viewer token");
    assertThat(get("localhost", "Authorization: Basic dXNlcjpwYXNz").status()).isEqualTo(200);
    assertThat(get("localhost", cookie()).body()).isEqualTo("ana");
    clock.advance(Duration.ofSeconds(61));
    assertThat(get("localhost", "Authorization: Bearer guessed").status()).isEqualTo(200);
  }

  @Test
  void aSessionEndsWhenItIsIdleAndWhenItIsOld() throws IOException {
    clock.advance(SessionLimits.DEFAULT.idle().plusSeconds(1));

    assertThat(get("localhost", cookie()).body()).isEqualTo("stranger");
  }

  @Test
  void aSessionInUseStillEndsOneDay() throws IOException {
    Duration step = Duration.ofHours(7);
    for (Duration age = step;
        age.compareTo(SessionLimits.DEFAULT.longest()) < 0;
        age = age.plus(step)) {
      clock.advance(step);
      assertThat(get("localhost", cookie()).body()).isEqualTo("ana");
    }
    clock.advance(step.plusSeconds(1));
    assertThat(get("localhost", cookie()).body()).isEqualTo("stranger");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attacker.example",
        "attacker.example:8081",
        "127.0.0.1.attacker.example",
        "",
        "::1"
      })
  void onLoopbackAForeignHostNameIsRefused(String host) throws IOException {
    assertThat(get(host, "Authorization: Bearer " + OPERATOR.reveal()).status())
        .isGreaterThanOrEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8081", "127.0.0.1:1", "[::1]:8081"})
  void onLoopbackItsOwnNamesAreTaken(String host) throws IOException {
    assertThat(get(host, "").status()).isEqualTo(200);
  }

  @Test
  void behindAPublicUrlOnlyItsNameIsTaken() throws IOException {
    server.stop();
    server = start(new AdminSettings("0.0.0.0", 0, URI.create("https://hooks.example.com/")));

    assertThat(get("hooks.example.com", "").status()).isEqualTo(200);
    assertThat(get("other.example.com", "").status()).isEqualTo(421);
  }

  @Test
  void aSessionChangesNothingWithoutThePagesToken() throws IOException {
    assertThat(post(cookie()).status()).isEqualTo(403);
    assertThat(post(cookie() + "\r\nX-CSRF-Token: guessed").status()).isEqualTo(403);
    assertThat(post(cookie() + "\r\nX-CSRF-Token: " + browser.session().csrfToken()).status())
        .isEqualTo(200);
    assertThat(post("Authorization: Bearer " + OPERATOR.reveal()).status()).isEqualTo(200);
  }

  @Test
  void anotherSiteChangesNothingEvenWithThePagesToken() throws IOException {
    String full = cookie() + "\r\nX-CSRF-Token: " + browser.session().csrfToken();

    assertThat(post(full + "\r\nOrigin: https://attacker.example").status()).isEqualTo(403);
    assertThat(post(full + "\r\nOrigin: null").status()).isEqualTo(403);
    assertThat(post(full + "\r\nSec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(post(full + "\r\nSec-Fetch-Site: same-site").status()).isEqualTo(403);
    assertThat(post(full + "\r\nOrigin: http://localhost\r\nSec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void everyAnswerTellsTheBrowserWhatItMayDo() throws IOException {
    Reply reply = get("localhost", "");

    assertThat(reply.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("referrer-policy")).isEqualTo("same-origin");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
  }

  private String cookie() {
    return "Cookie: hooklake_session=" + browser.secret();
  }

  private Reply get(String host, String headers) throws IOException {
    return send("GET /who HTTP/1.1\r\nHost: " + host + "\r\n", headers);
  }

  private Reply post(String headers) throws IOException {
    return send("POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n", headers);
  }

  private Reply send(String head, String headers) throws IOException {
    try (RawHttp client = new RawHttp(server.port())) {
      return client.send(head + (headers.isEmpty() ? "" : headers + "\r\n") + "\r\n").reply();
    }
  }

  private WebServer start(AdminSettings settings) {
    var gate =
        new Gate(
            new AccessTokens(OPERATOR, VIEWER),
            sessions,
            new LoginLimit(clock),
            new SessionCookie(settings.https()),
            HostGuard.of(settings, settings.host().equals("127.0.0.1")));
    return WebServer.builder()
        .host(settings.host())
        .port(0)
        .shutdownHook(false)
        .routing(routing ->
            routing
                .addFilter(gate)
                .get(
                    "/who",
                    (request, response) ->
                        response.send(
                            Visitor.of(request)
                                .map(visitor -> visitor.caller().name())
                                .orElse("stranger")))
                .post("/change", (_, response) -> response.send("changed")))
        .build()
        .start();
  }
}
