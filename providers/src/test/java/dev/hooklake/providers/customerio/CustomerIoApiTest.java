package dev.hooklake.providers.customerio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.PageWalk;
import dev.hooklake.providers.Pauses;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.FakeMessage;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CustomerIoApiTest {
  private static final Instant FROM = Instant.parse("2026-09-01T00:00:00Z");
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-09-11T12:00:00Z"));
  private static final GeneratedMessages MESSAGES =
      new GeneratedMessages(7, 2_500, FROM.getEpochSecond(), Duration.ofDays(10).toSeconds());

  private final CustomerIoFake fake = new CustomerIoFake(MESSAGES, "app-key", NOW);
  private final CustomerIoApi api = api("app-key", 8);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void everyMessageOfAWindowIsListedOnce() throws Exception {
    List<CustomerIoMessage> listed =
        listed(api.messages(new MessageQuery(FROM, FROM.plus(Duration.ofDays(10)), 1_000)));
    assertThat(listed).hasSize(2_500);
    assertThat(listed).extracting(CustomerIoMessage::id).doesNotHaveDuplicates();
    FakeMessage first = MESSAGES.message(0);
    assertThat(listed.getFirst().metrics().get("created"))
        .isEqualTo(Instant.ofEpochSecond(first.created()));
    assertThat(listed.getFirst().recipient()).isEqualTo(first.recipient());
  }

  @Test
  void windowsTouchWithoutOverlap() throws Exception {
    Instant middle = FROM.plus(Duration.ofHours(77));
    int before = listed(api.messages(new MessageQuery(FROM, middle, 1_000))).size();
    int after =
        listed(api.messages(new MessageQuery(middle, FROM.plus(Duration.ofDays(10)), 1_000)))
            .size();
    assertThat(before + after).isEqualTo(2_500);
  }

  @Test
  void anIdThatEndsInEqualsSignsIsFound() throws Exception {
    String id = MESSAGES.message(1_234).id();
    assertThat(id).endsWith("==");
    assertThat(api.message(id).orThrow().id()).isEqualTo(id);
    assertThat(api.message("none").map(CustomerIoMessage::id))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.why()).isInstanceOf(Failure.NotFound.class));
  }

  @Test
  void aWindowThatTheApiWouldCutIsRefused() {
    assertThatThrownBy(() -> new MessageQuery(FROM, FROM.plus(Duration.ofDays(200)), 1_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("180");
  }

  @Test
  void aListThatRepeatsItsCursorIsNotBelieved() throws Exception {
    fake.repeatCursors();
    PageWalk<CustomerIoMessage> walk =
        api.messages(new MessageQuery(FROM, FROM.plus(Duration.ofDays(10)), 1_000));
    assertThat(walk.next()).isInstanceOf(PageWalk.Step.Items.class);
    assertThat(walk.next())
        .isInstanceOfSatisfying(
            PageWalk.Step.Broken.class,
            broken -> assertThat(broken.why()).isInstanceOf(Failure.Unreadable.class));
  }

  @Test
  void aListThatCannotBeReadWholeIsNotRead() throws Exception {
    for (String list : List.of("{}", "{\"messages\":[{\"id\":\"m\",\"created\":null}]}")) {
      fake.next(new Fault.Answered(Reply.text(200, list)));
      assertThat(api.messages(new MessageQuery(FROM, FROM.plusSeconds(60), 1_000)).next())
          .as(list)
          .isInstanceOfSatisfying(
              PageWalk.Step.Broken.class,
              broken -> assertThat(broken.why()).isInstanceOf(Failure.Unreadable.class));
    }
  }

  @Test
  void namesWebhooksAndCountsThatCannotBeReadWholeAreNotRead() throws Exception {
    assertUnreadable("{}", api::webhooks);
    assertUnreadable("{\"reporting_webhooks\":[{\"id\":1,\"endpoint\":\"\"}]}", api::webhooks);
    assertUnreadable("{\"id\":1}", () -> api.webhook(1));
    assertUnreadable("{\"errors\":[]}", api::campaigns);
    assertUnreadable("{\"campaigns\":[{\"name\":\"without an id\"}]}", api::campaigns);
    var query =
        new MetricsQuery(
            MetricsOf.CAMPAIGN,
            7,
            LocalDate.of(2026, 9, 1),
            LocalDate.of(2026, 9, 2),
            Resolution.DAYS,
            ZoneOffset.UTC);
    assertUnreadable("{\"metric\":{\"series\":{\"sent\":null}}}", () -> api.metrics(query));
    assertUnreadable("{\"metric\":{\"series\":{\"sent\":[1,null]}}}", () -> api.metrics(query));
    fake.next(new Fault.Answered(Reply.text(200, "{}")));
    assertThat(api.newsletters().next()).isInstanceOf(PageWalk.Step.Broken.class);
  }

  private void assertUnreadable(String answer, Callable<Answer<?>> call) throws Exception {
    fake.next(new Fault.Answered(Reply.text(200, answer)));
    assertThat(call.call())
        .as(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.why()).isInstanceOf(Failure.Unreadable.class));
  }

  @Test
  void theRateIsKeptAsCountedAtTheFake() throws Exception {
    for (int i = 0; i < 25; i++) {
      api.webhooks().orThrow();
    }
    assertThat(fake.rate().mostInASecond()).isLessThanOrEqualTo(CustomerIoFake.REQUESTS_PER_SECOND);
  }

  @Test
  void whoIsToldToWaitWaitsAndSucceeds() throws Exception {
    fake.refuseNext();
    api.webhooks().orThrow();
    assertThat(fake.rate().total()).isEqualTo(2);
  }

  @Test
  void aWrongKeyIsDenied() throws Exception {
    assertThat(api("other-key", 8).webhooks())
        .isEqualTo(
            Answer.failed(
                new Failure.Denied("GET /v1/reporting_webhooks was answered 401: unauthorized")));
  }

  @Test
  void aWebhookIsCreatedDisabledAndThenEnabledWhole() throws Exception {
    var draft =
        new ReportingWebhook(
            0,
            "webhook",
            "hooklake",
            "https://user:pass@hooks.example.org/webhook/customerio?key=1",
            EventNames.ALL,
            true,
            true,
            false);
    ReportingWebhook created = api.create(draft).orThrow();
    assertThat(created.id()).isPositive();
    assertThat(created.disabled()).isTrue();
    assertThat(created.shownEndpoint())
        .isEqualTo("https://***@hooks.example.org/webhook/customerio?***");
    ReportingWebhook enabled = api.update(created.with(false)).orThrow();
    assertThat(enabled).isEqualTo(created.with(false));
    assertThat(api.webhooks().orThrow()).containsExactly(enabled);
    assertThat(api.delete(enabled.id()).orThrow()).isTrue();
    assertThat(api.webhook(enabled.id())).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void thereAre72EventNames() {
    assertThat(EventNames.ALL).hasSize(72).doesNotHaveDuplicates();
    assertThat(EventNames.of("customer", "cio_subscription_preferences_changed"))
        .isIn(EventNames.ALL);
  }

  @Test
  void campaignsAreCountedInUtcDays() throws Exception {
    LocalDate day = LocalDate.of(2026, 9, 3);
    MetricSeries series = api.metrics(query(MetricsOf.CAMPAIGN, 1, day)).orThrow();
    assertThat(series.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(series.starts()).hasSize(8);
    assertThat(series.counts().get("sent").getFirst()).isEqualTo(sentOn(day, 1));
  }

  @Test
  void anOffsetIsNoZoneTheApiKnows() {
    LocalDate day = LocalDate.of(2026, 9, 3);
    assertThatThrownBy(() ->
            new MetricsQuery(
                MetricsOf.CAMPAIGN, 1, day, day, Resolution.DAYS, ZoneOffset.ofHours(-3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give a region");
  }

  @Test
  void newslettersAreCountedInEasternDaysAndCutToWhatWasAsked() throws Exception {
    LocalDate day = LocalDate.of(2026, 9, 3);
    MetricSeries series = api.metrics(query(MetricsOf.NEWSLETTER, 40, day)).orThrow();
    assertThat(series.zone()).isEqualTo(MetricsQuery.EASTERN);
    assertThat(series.whole()).isTrue();
    assertThat(series.starts().getFirst().toLocalDate()).isEqualTo(day);
    assertThat(series.starts()).hasSize(8);
    assertThat(series.counts().get("sent").stream().mapToLong(Long::longValue).sum()).isPositive();
  }

  @Test
  void aReachThatIsTooShortIsSaid() throws Exception {
    MetricsQuery query = query(MetricsOf.NEWSLETTER, 40, LocalDate.of(2026, 1, 1));
    MetricSeries series = api.metrics(query).orThrow();
    assertThat(series.whole()).isFalse();
    // 45 days end with the day that is now, 11 September; asked was up to the day before it.
    assertThat(series.starts())
        .hasSize(44)
        .startsWith(LocalDate.of(2026, 7, 29).atStartOfDay(MetricsQuery.EASTERN))
        .endsWith(LocalDate.of(2026, 9, 10).atStartOfDay(MetricsQuery.EASTERN));
  }

  @Test
  void namesComeInPagesOrWhole() throws Exception {
    assertThat(api.campaigns().orThrow()).hasSize(8);
    assertThat(listed(api.newsletters()))
        .extracting(Named::name)
        .containsExactly("Newsletter 40", "Newsletter 41", "Newsletter 42");
    assertThat(listed(api.campaignActions(3)))
        .containsExactly(new Named("action", 11, 3, "First email", "email"));
    assertThat(api.newsletterContents(40).rest().orThrow())
        .containsExactly(new Named("content", 401, 40, "Variant A", ""));
  }

  private MetricsQuery query(MetricsOf of, long id, LocalDate from) {
    return new MetricsQuery(
        of, id, from, LocalDate.of(2026, 9, 10), Resolution.DAYS, ZoneOffset.UTC);
  }

  private static long sentOn(LocalDate day, long campaign) {
    long start = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    return MESSAGES
        .all()
        .filter(message -> Long.valueOf(campaign).equals(message.parent().get("campaign_id")))
        .map(message -> message.metrics().get("sent"))
        .filter(sent -> sent != null && sent >= start && sent < start + 86_400)
        .count();
  }

  @Test
  void anExportIsPendingThenDoneAndItsLinkWantsNoKey() throws Exception {
    fake.exportsTake(2);
    ExportState asked = api.createExport(export(DeliveriesExport.Of.CAMPAIGN, 3)).orThrow();
    assertThat(asked.status()).isEqualTo(ExportState.Status.PENDING);
    assertThat(asked.total()).isZero();
    assertThat(api.exportLink(asked.id())).isInstanceOf(Answer.Failed.class);
    assertThat(api.export(asked.id()).orThrow().status()).isEqualTo(ExportState.Status.PENDING);
    ExportState done = api.export(asked.id()).orThrow();
    assertThat(done.status()).isEqualTo(ExportState.Status.DONE);
    assertThat(done.total()).isPositive();
    URI link = api.exportLink(done.id()).orThrow();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> file =
          http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body().lines().count()).isEqualTo(done.total() + 1);
      HttpRequest withKey =
          HttpRequest.newBuilder(link).header("Authorization", "Bearer app-key").build();
      assertThat(http.send(withKey, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void anExportThatFailsOrHasNoUsableLinkIsToldWithoutTheLink() throws Exception {
    long id = api.createExport(export(DeliveriesExport.Of.NEWSLETTER, 40)).orThrow().id();
    api.export(id);
    fake.next(new Fault.Answered(Reply.text(200, "{\"url\":\"no address ?signature=x\"}")));
    assertThat(api.exportLink(id))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.why().message()).doesNotContain("signature"));
    fake.failExports();
    assertThat(api.export(id).orThrow().status()).isEqualTo(ExportState.Status.FAILED);
    assertThat(api.export(9)).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void aWindowThatWouldBeCutIsRefusedHere() {
    assertThatThrownBy(() ->
            new DeliveriesExport(
                DeliveriesExport.Of.ACTION, 11, FROM.minus(Duration.ofDays(366)), FROM))
        .hasMessageContaining("at most 365 days");
  }

  private static DeliveriesExport export(DeliveriesExport.Of of, long id) {
    return new DeliveriesExport(of, id, FROM, FROM.plus(Duration.ofDays(10)));
  }

  private CustomerIoApi api(String key, double rate) {
    return CustomerIoApi.of(fake.url(), key, Pace.perSecond(rate, Pauses.real()), NOW);
  }

  private static <T> List<T> listed(PageWalk<T> walk) throws InterruptedException {
    List<T> all = new ArrayList<>();
    while (walk.next() instanceof PageWalk.Step.Items<T> page) {
      all.addAll(page.items());
    }
    return all;
  }
}
