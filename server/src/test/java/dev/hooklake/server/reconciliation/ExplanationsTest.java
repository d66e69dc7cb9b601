package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.reconciliation.Explanations.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExplanationsTest {
  private static final Instant NOW = Instant.parse("2026-09-20T10:00:00Z");
  private static final Instant HAPPENED = NOW.minus(Duration.ofHours(5));
  private static final Subscription ALL =
      new Subscription(7, false, true, Set.of("email_sent", "email_opened"));
  private static final Fact OPENED_BY_A_PERSON = new Fact("opened", Doer.HUMAN, HAPPENED);

  @Test
  void whatShouldHaveComeIsUnexplained() {
    assertThat(why(ALL, List.of(), OPENED_BY_A_PERSON)).isEqualTo(Reason.UNEXPLAINED);
  }

  @Test
  void whatJustHappenedMayStillArrive() {
    var fresh = new Fact("opened", Doer.HUMAN, NOW.minusSeconds(60));
    assertThat(why(ALL, List.of(), fresh)).isEqualTo(Reason.MAY_STILL_ARRIVE);
  }

  @Test
  void whatIsNotSubscribedToIsNotMissed() {
    var clicked = new Fact("clicked", Doer.HUMAN, HAPPENED);
    assertThat(why(ALL, List.of(), clicked)).isEqualTo(Reason.NOT_SUBSCRIBED);
    assertThat(Reason.NOT_SUBSCRIBED.isMissing()).isFalse();
  }

  @Test
  void ofAWebhookThatSendsFirstOpensOnlyALaterOneIsNotMissed() {
    var firstOnly = new Subscription(7, false, false, ALL.events());
    var opened = new Held();
    opened.add("opened", false, true);
    assertThat(explanations(firstOnly, List.of()).why(message(), OPENED_BY_A_PERSON, opened))
        .isEqualTo(Reason.FIRST_ONLY);
    assertThat(why(firstOnly, List.of(), OPENED_BY_A_PERSON)).isEqualTo(Reason.UNEXPLAINED);
  }

  @Test
  void whatHappenedWhileTheWebhookWasOffIsExplainedAndStillMissing() {
    var off = new Subscription(7, true, true, ALL.events());
    List<Observation> seen =
        List.of(
            new Observation(HAPPENED.minusSeconds(3_600), off),
            new Observation(HAPPENED.plusSeconds(3_600), ALL));
    assertThat(why(ALL, seen, OPENED_BY_A_PERSON)).isEqualTo(Reason.WEBHOOK_DISABLED);
    assertThat(Reason.WEBHOOK_DISABLED.isMissing()).isTrue();
    var later = new Fact("opened", Doer.HUMAN, HAPPENED.plusSeconds(3_700));
    assertThat(why(ALL, seen, later)).isEqualTo(Reason.UNEXPLAINED);
    var before = new Fact("opened", Doer.HUMAN, HAPPENED.minusSeconds(3_700));
    assertThat(why(ALL, seen, before)).isEqualTo(Reason.UNEXPLAINED);
  }

  @Test
  void whereNoWebhookIsKnownItExplainsNothing() {
    assertThat(why(Subscription.UNKNOWN, List.of(), OPENED_BY_A_PERSON))
        .isEqualTo(Reason.UNEXPLAINED);
  }

  private static Reason why(Subscription now, List<Observation> before, Fact fact) {
    return explanations(now, before).why(message(), fact, Held.NOTHING);
  }

  private static Explanations explanations(Subscription now, List<Observation> before) {
    return new Explanations(now, before, NOW, Duration.ofHours(1));
  }

  private static ListedMessage message() {
    return new Listing.Message("d1", HAPPENED, List.of());
  }
}
