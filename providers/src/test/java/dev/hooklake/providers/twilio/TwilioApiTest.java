package dev.hooklake.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.Pauses;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.twilio.TwilioFake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TwilioApiTest {
  private static final String ACCOUNT = "AC00000000000000000000000000000001";
  private static final Instant NEWEST = Instant.parse("2026-09-11T12:00:00Z");

  private final TwilioFake fake =
      new TwilioFake(ACCOUNT, "auth-token", TwilioApiTest::message, 2_400);
  private final TwilioApi api =
      TwilioApi.of(
          fake.url(),
          ACCOUNT,
          new TwilioApi.Login(ACCOUNT, "auth-token"),
          Pace.perSecond(50, Pauses.real()));

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void everyMessageOfTheWindowIsListed() throws Exception {
    List<TwilioMessage> all = listed(NEWEST.minus(Duration.ofMinutes(2_000)), NEWEST);
    // The end is not included, so the newest is not.
    assertThat(all).hasSize(2_000);
    assertThat(all.getFirst().sent()).isEqualTo(NEWEST.minus(Duration.ofMinutes(1)));
    assertThat(all.getFirst().errorCode()).isEqualTo("30003");
    assertThat(all.getFirst()).hasToString("TwilioMessage[" + sid(1) + ", undelivered]");
  }

  @Test
  void aNextPageElsewhereIsNotVisited() throws Exception {
    fake.next(
        new Fault.Answered(
            Reply.text(
                200, "{\"messages\":[],\"next_page_uri\":\"https://example.net/steal?x=1\"}")));
    assertThat(api.messages(NEWEST.minusSeconds(60), NEWEST).next())
        .isInstanceOfSatisfying(
            PageWalk.Step.Broken.class,
            broken -> assertThat(broken.why()).isInstanceOf(Failure.Unreadable.class));
    assertThat(fake.rate().total()).isEqualTo(1);
  }

  @Test
  void aListThatCannotBeReadWholeIsNotRead() throws Exception {
    for (String list :
        List.of("{}", "{\"messages\":[{\"sid\":\"SM1\",\"date_created\":\"soon\"}]}")) {
      fake.next(new Fault.Answered(Reply.text(200, list)));
      assertThat(api.messages(NEWEST.minusSeconds(60), NEWEST).next())
          .as(list)
          .isInstanceOfSatisfying(
              PageWalk.Step.Broken.class,
              broken -> assertThat(broken.why()).isInstanceOf(Failure.Unreadable.class));
    }
  }

  @Test
  void anAccountThatIsNoneIsRefused() {
    var login = new TwilioApi.Login("user", "secret");
    Pace pace = Pace.perSecond(1, Pauses.real());
    assertThatThrownBy(() -> TwilioApi.of(fake.url(), "AC/../x", login, pace))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(login).hasToString("Login[hidden]");
  }

  private static TwilioFake.Message message(long number) {
    boolean bad = number % 2 == 1;
    return new TwilioFake.Message(
        sid(number),
        "+351910555017",
        bad ? "undelivered" : "delivered",
        bad ? 30_003 : null,
        NEWEST.minus(Duration.ofMinutes(number)));
  }

  private static String sid(long number) {
    return "SM%032x".formatted(number);
  }

  private List<TwilioMessage> listed(Instant from, Instant to) throws InterruptedException {
    List<TwilioMessage> all = new ArrayList<>();
    PageWalk<TwilioMessage> walk = api.messages(from, to);
    while (walk.next() instanceof PageWalk.Step.Items<TwilioMessage> page) {
      all.addAll(page.items());
    }
    return all;
  }
}
