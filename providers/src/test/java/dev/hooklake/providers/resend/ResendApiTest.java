package dev.hooklake.providers.resend;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.Pauses;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import dev.hooklake.testkit.resend.ResendFake;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResendApiTest {
  private static final Instant NEWEST = Instant.parse("2026-09-11T12:00:00.123456Z");
  private static final List<ResendFake.Email> EMAILS =
      IntStream.range(0, 250)
          .mapToObj(number ->
              new ResendFake.Email(
                  "e-" + number,
                  "ana@example.org",
                  "Hello",
                  "delivered",
                  NEWEST.minus(Duration.ofHours(number))))
          .toList();

  private final ResendFake fake = new ResendFake("re_key", EMAILS);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void everyEmailIsListedNewestFirst() throws Exception {
    List<ResendEmail> listed = new ArrayList<>();
    PageWalk<ResendEmail> walk = api("re_key").emails();
    while (walk.next() instanceof PageWalk.Step.Items<ResendEmail> page) {
      listed.addAll(page.items());
    }
    assertThat(listed).extracting(ResendEmail::id).hasSize(250).doesNotHaveDuplicates();
    assertThat(listed.getFirst().created()).isEqualTo(NEWEST);
    assertThat(listed.getFirst().to()).containsExactly("ana@example.org");
    assertThat(listed.getFirst()).hasToString("ResendEmail[e-0, delivered]");
    assertThat(fake.rate().total()).isEqualTo(3);
  }

  @Test
  void everyFormOfATimeIsRead() throws Exception {
    List<String> forms =
        List.of(
            "2026-09-11 12:00:00.123456+00",
            "2026-09-11T12:00:00.123456Z",
            "2026-09-11T13:30:00.123456+01:30",
            "2026-09-11T13:30:00.123456+0130");
    fake.next(answered(forms.stream().map(ResendApiTest::email).collect(joining(","))));
    assertThat(api("re_key").emails().next())
        .isInstanceOfSatisfying(
            PageWalk.Step.Items.class,
            page ->
                assertThat((List<?>) page.items())
                    .extracting(email -> ((ResendEmail) email).created())
                    .hasSize(forms.size())
                    .containsOnly(NEWEST));
  }

  /// One that was passed over, or taken for an old one, would make the days below it look complete.
  @Test
  void anEmailWithoutATimeBreaksTheList() throws Exception {
    fake.next(answered(email("2026-09-11T12:00:00Z") + "," + email("yesterday")));
    assertBroken("without a field that each must have");
  }

  @Test
  void anAnswerWithoutAListIsNotAnEmptyList() throws Exception {
    fake.next(new Fault.Answered(Reply.text(200, "{\"object\":\"list\"}")));
    assertBroken("without its array 'data'");
  }

  private void assertBroken(String why) throws InterruptedException {
    assertThat(api("re_key").emails().next())
        .isInstanceOfSatisfying(
            PageWalk.Step.Broken.class,
            broken ->
                assertThat(broken.why())
                    .isInstanceOfSatisfying(
                        Failure.Unreadable.class,
                        unreadable -> assertThat(unreadable.message()).contains(why)));
  }

  private static Fault answered(String emails) {
    return new Fault.Answered(Reply.text(200, "{\"has_more\":false,\"data\":[" + emails + "]}"));
  }

  private static String email(String created) {
    return "{\"id\":\"e\",\"last_event\":\"sent\",\"created_at\":\"" + created + "\"}";
  }

  @Test
  void aKeyForSendingOnlyIsDenied() throws Exception {
    assertThat(api("re_send_only").emails().next())
        .isInstanceOfSatisfying(
            PageWalk.Step.Broken.class,
            broken -> assertThat(broken.why()).isInstanceOf(Failure.Denied.class));
  }

  @Test
  void countsComeByWholeDaysWithWhatWasNotReportedLeftOut() throws Exception {
    var today = LocalDate.of(2026, 9, 11);
    var counted = new ResendFake("re_key", EMAILS, () -> NEWEST);
    try (counted) {
      DailyCounts counts =
          ResendApi.of(counted.url(), "re_key", Pace.perSecond(100, Pauses.real()))
              .dailyCounts(List.of("delivered", "unique_opened"), today.minusDays(40), today)
              .orThrow();
      assertThat(counts.to()).isEqualTo(NEWEST);
      assertThat(counts.from()).isEqualTo(NEWEST.minus(Duration.ofDays(30)));
      assertThat(counts.days().get(today.minusDays(1)))
          .isEqualTo(Map.of("delivered", 24L, "unique_opened", 0L));
      assertThat(counts.holdsWhole(today)).isFalse();
      assertThat(counts.holdsWhole(today.minusDays(1))).isTrue();
      assertThat(counts.holdsWhole(today.minusDays(30))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'start_date':'2026-09-01','end_date':'x','granularity':'daily','data':[]}",
        "{'start_date':'2026-09-01T00:00:00Z','end_date':'2026-09-02T00:00:00Z','granularity':'hourly','data':[]}",
        "{'start_date':'2026-09-01T00:00:00Z','end_date':'2026-09-02T00:00:00Z','granularity':'daily'}",
        "{'start_date':'2026-09-01T00:00:00Z','end_date':'2026-09-02T00:00:00Z','granularity':'daily',"
            + "'data':[{'period':'2026-09-01T05:00:00Z','sent':1}]}",
        "{'start_date':'2026-09-01T00:00:00Z','end_date':'2026-09-02T00:00:00Z','granularity':'daily',"
            + "'data':[{'period':'2026-09-01','sent':1},{'period':'2026-09-01','sent':2}]}",
      })
  void countsOfAnotherShapeAreNotRead(String answer) throws Exception {
    fake.next(new Fault.Answered(Reply.text(200, answer.replace('\'', '"'))));
    var day = LocalDate.of(2026, 9, 1);
    assertThat(api("re_key").dailyCounts(List.of("sent"), day, day))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.why()).isInstanceOf(Failure.Unreadable.class));
  }

  private ResendApi api(String key) {
    return ResendApi.of(fake.url(), key, Pace.perSecond(8, Pauses.real()));
  }
}
