package dev.hooklake.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hooklake.testkit.http.FakeServer;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a real server on the loopback; only the waiting is not real.
final class ProviderHttpTest {
  /// No answer is late, however busy the machine.
  private static final Patience PATIENCE = patience(Duration.ofMinutes(2));

  private final StepPauses pauses = new StepPauses();
  private final FakeServer server =
      new FakeServer(10_000, Reply.text(429, ""), ask -> Reply.text(200, "{\"ok\":true}"));
  private final ProviderHttp http = client(PATIENCE);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void retryAfterIsWaitedFor() throws Exception {
    server.next(new Fault.Answered(Reply.text(429, "{}").with("Retry-After", "7")));
    assertThat(send()).isInstanceOf(Answer.Given.class);
    assertThat(waited()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
  }

  @Test
  void withoutRetryAfterOurOwnBackOffCounts() throws Exception {
    server.next(new Fault.Answered(Reply.text(429, "{}")));
    server.next(new Fault.Answered(Reply.text(429, "{}")));
    assertThat(send()).isInstanceOf(Answer.Given.class);
    assertThat(waited()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(1));
  }

  @Test
  void aWaitOfADayIsNotWaitedFor() throws Exception {
    server.next(new Fault.Answered(Reply.text(429, "{}").with("Retry-After", "86400")));
    assertThat(failure())
        .isInstanceOfSatisfying(
            Failure.OverLimit.class,
            limit -> assertThat(limit.retryAfter()).isEqualTo(Duration.ofDays(1)));
    assertThat(server.rate().total()).isEqualTo(1);
  }

  @Test
  void aLimitThatLastsEndsTheAttempts() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.next(new Fault.Answered(Reply.text(429, "{}")));
    }
    assertThat(failure()).isInstanceOf(Failure.OverLimit.class);
    assertThat(server.rate().total()).isEqualTo(3);
  }

  @Test
  void faultsOfTheProviderPass() throws Exception {
    server.next(new Fault.Answered(Reply.text(503, "<html>busy</html>")));
    server.next(new Fault.CutOff());
    assertThat(send()).isInstanceOf(Answer.Given.class);
  }

  @Test
  void silenceEndsInTime() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.next(new Fault.Silence());
    }
    ProviderHttp impatient = client(patience(Duration.ofSeconds(1)));
    assertThat(impatient.send(Call.get("/v1/things")))
        .isEqualTo(
            Answer.failed(
                new Failure.Unavailable("GET /v1/things failed: no whole answer within PT1S")));
  }

  @Test
  void whatCreatesIsNotDoneTwiceAfterALostAnswer() throws Exception {
    server.next(new Fault.CutOff());
    JsonNode body = JsonNodeFactory.instance.objectNode();
    assertThat(http.send(Call.post("/v1/things", body))).isInstanceOf(Answer.Failed.class);
    assertThat(server.rate().total()).isEqualTo(1);
  }

  @Test
  void afterALostAnswerWhatComesNextDoesNotSayThatNothingWasChanged() throws Exception {
    for (int status : new int[] {404, 429}) {
      server.next(new Fault.Lost());
      server.next(new Fault.Answered(Reply.text(status, "{}").with("Retry-After", "86400")));
      assertThat(http.send(Call.delete("/v1/things/1")))
          .isInstanceOfSatisfying(
              Answer.Failed.class,
              failed ->
                  assertThat(failed.why())
                      .isInstanceOfSatisfying(
                          Failure.Unavailable.class,
                          why ->
                              assertThat(why.message())
                                  .contains("answered " + status, "may have been done")));
    }
    server.next(new Fault.Lost());
    server.next(new Fault.Answered(Reply.text(404, "{}")));
    assertThat(failure()).isInstanceOf(Failure.NotFound.class);
  }

  @Test
  void bothErrorEnvelopesAreRead() throws Exception {
    server.next(
        new Fault.Answered(
            Reply.text(400, "{\"errors\":[{\"detail\":\"limit is wrong\",\"status\":\"400\"}]}")));
    assertThat(failure())
        .isEqualTo(new Failure.Refused("GET /v1/things was answered 400: limit is wrong"));
    server.next(new Fault.Answered(Reply.text(401, "{\"meta\":{\"error\":\"unauthorized\"}}")));
    assertThat(failure())
        .isEqualTo(new Failure.Denied("GET /v1/things was answered 401: unauthorized"));
  }

  @Test
  void noAddressOrKeyInMessages() throws Exception {
    String detail = "person ana@example.org, +351 910 555 017, key 0123456789abcdef0123456789";
    server.next(
        new Fault.Answered(
            Reply.text(400, "{\"errors\":[{\"detail\":\"" + detail + "\",\"status\":\"400\"}]}")));
    assertThat(failure().message())
        .doesNotContain("ana@", "910 555", "0123456789abcdef")
        .contains("person ***");
  }

  @Test
  void anAnswerThatIsNoJsonIsNamed() throws Exception {
    server.next(new Fault.Answered(Reply.text(200, "<html>hello</html>")));
    assertThat(failure())
        .isEqualTo(new Failure.Unreadable("GET /v1/things was answered with no JSON"));
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    server.next(
        new Fault.Answered(Reply.text(302, "").with("Location", "http://127.0.0.1:1/elsewhere")));
    assertThat(failure()).isInstanceOf(Failure.Refused.class);
  }

  @Test
  void aKeyWithALineFeedIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> Authorization.bearer("secret\nmore"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThat(Authorization.bearer("abc")).hasToString("Authorization[hidden]");
  }

  private static Patience patience(Duration answer) {
    return new Patience(
        3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(60), answer);
  }

  private ProviderHttp client(Patience patience) {
    return new ProviderHttp(
        server.url(), Authorization.bearer("key-1234"), Pace.perSecond(1_000, pauses), patience);
  }

  private Answer<JsonNode> send() throws InterruptedException {
    return http.send(Call.get("/v1/things").with("email", "ana@example.org"));
  }

  private Failure failure() throws InterruptedException {
    return ((Answer.Failed<JsonNode>) send()).why();
  }

  private Duration waited() {
    return pauses.waits.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
