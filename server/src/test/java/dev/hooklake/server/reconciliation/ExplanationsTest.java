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
  private static final Fact CLICKED = new Fact("clicked", Doer.HUMAN, HAPPENED);
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
    assertThat(why(ALL, seenBefore(ALL), CLICKED)).isEqualTo(Reason.NOT_SUBSCRIBED);
    assertThat(Reason.NOT_SUBSCRIBED.isMissing()).isFalse();
  }

  @Test
  void whatWasSubscribedToThenIsMissedAlsoWhenItIsNotAnyMore() {
    var clicks = new Subscription(7, false, true, Set.of("email_clicked"));
    List<Observation> seen =
        List.of(
            new Observation(HAPPENED, clicks), new Observation(HAPPENED.plusSeconds(3_600), ALL));
    assertThat(why(ALL, seen, CLICKED)).isEqualTo(Reason.UNEXPLAINED);
    var later = new Fact("clicked", Doer.HUMAN, HAPPENED.plusSeconds(3_600));
    assertThat(why(ALL, seen, later)).isEqualTo(Reason.NOT_SUBSCRIBED);
    assertThat(why(clicks, seen, later)).isEqualTo(Reason.NOT_SUBSCRIBED);
  }

  @Test
  void todaysSettingExplainsNothingOfTheTimeBeforeTheFirstLook() {
    List<Observation> seen = List.of(new Observation(HAPPENED.plusSeconds(1), ALL));
    assertThat(why(ALL, seen, CLICKED)).isEqualTo(Reason.UNEXPLAINED);
    var firstOnly = new Subscription(7, false, false, ALL.events());
    assertThat(
            explanations(firstOnly, List.of(new Observation(HAPPENED.plusSeconds(1), firstOnly)))
                .why(message(), OPENED_BY_A_PERSON, opened()))
        .isEqualTo(Reason.UNEXPLAINED);
  }

  @Test
  void ofAWebhookThatSendsFirstOpensOnlyALaterOneIsNotMissed() {
    var firstOnly = new Subscription(7, false, false, ALL.events());
    List<Observation> seen = seenBefore(firstOnly);
    assertThat(explanations(firstOnly, seen).why(message(), OPENED_BY_A_PERSON, opened()))
        .isEqualTo(Reason.FIRST_ONLY);
    assertThat(why(firstOnly, seen, OPENED_BY_A_PERSON)).isEqualTo(Reason.UNEXPLAINED);
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
    assertThat(why(Subscription.UNKNOWN, seenBefore(ALL), CLICKED)).isEqualTo(Reason.UNEXPLAINED);
  }

  private static List<Observation> seenBefore(Subscription subscription) {
    return List.of(new Observation(HAPPENED.minusSeconds(1), subscription));
  }

  private static Held opened() {
    var opened = new Held();
    opened.add("opened", false, true);
    return opened;
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
