package dev.hooklake.server.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Authorization;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Patience;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.ProviderHttp;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.customerio.Webhooks.Registered;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhooksTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-09-11T12:00:00Z"));
  private static final String KEY = "an-app-api-key";
  private static final Patience ONE_TRY =
      new Patience(1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));
  private static final URI ADDRESS = URI.create("https://hooks.example.org/webhook/customerio");
  private static final WebhookWish WISH = new WebhookWish(null, null, null, null);
  private static final ReportingWebhook WEBHOOK =
      new ReportingWebhook(
          7,
          "webhook",
          "hooklake",
          "https://hooks.example.org/webhook/customerio",
          List.of("email_sent"),
          true,
          true,
          false);

  private final CustomerIoFake fake =
      new CustomerIoFake(
          new GeneratedMessages(3, 1, NOW.instant().getEpochSecond() - 60, 60), KEY, NOW, 1_000);

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void theNextStepsNameTheSourcesOwnKeyAndTheSource() {
    assertThat(of("customerio", "/webhook/customerio").nextSteps(WEBHOOK))
        .anySatisfy(step -> assertThat(step).contains("CUSTOMERIO_WEBHOOK_SECRET"))
        .contains("./hooklake customerio webhooks enable 7");
    assertThat(of("second", "/webhook/second").nextSteps(WEBHOOK))
        .anySatisfy(step -> assertThat(step).contains("Set sources.second.secrets"))
        .contains("./hooklake customerio webhooks test 7 --source second")
        .contains("./hooklake customerio webhooks enable 7 --source second");
  }

  @Test
  void aWebhookIsOursByItsWholePath() {
    Webhooks webhooks = of("customerio", "/webhook/customerio");

    assertThat(webhooks.leadsHere("https://u:p@hooks.example.org/webhook/customerio?k=1")).isTrue();
    for (String other :
        List.of(
            "https://hooks.example.org/x/webhook/customerio",
            "https://hooks.example.org/x?/webhook/customerio",
            "https://hooks.example.org/x#/webhook/customerio",
            "not an address/webhook/customerio",
            "/webhook/customerio/")) {
      assertThat(webhooks.leadsHere(other)).as(other).isFalse();
    }
    assertThat(of("none", "").leadsHere("https://hooks.example.org")).isFalse();
  }

  @Test
  void anAddressThatManyRegisterAtOnceIsRegisteredOnce() throws Exception {
    Webhooks webhooks = of("customerio", "/webhook/customerio");
    List<Callable<Answer<Registered>>> askers =
        Collections.nCopies(8, () -> webhooks.register(ADDRESS, WISH));
    var created = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Answer<Registered>> asked : threads.invokeAll(askers)) {
        created.add(asked.get().orThrow().created());
      }
    }

    assertThat(created).hasSize(8).containsOnlyOnce(true);
    assertThat(webhooks.api().webhooks().orThrow()).hasSize(1);
  }

  /// Neither the answer nor the list tells whether it was created.
  @Test
  void aRegistrationWhoseAnswerIsLostIsUnknownIfTheListIsNotToBeHadEither() throws Exception {
    fake.next(new Fault.Answered(Reply.text(200, "{\"reporting_webhooks\": []}")));
    fake.next(new Fault.Lost());
    fake.refuseNext();

    assertThat(of("customerio", "/webhook/customerio").register(ADDRESS, WISH))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.why()).isInstanceOf(Failure.Unavailable.class));
  }

  private Webhooks of(String source, String path) {
    var http =
        new ProviderHttp(
            fake.url(), Authorization.bearer(KEY), Pace.perSecond(1_000, Pauses.real()), ONE_TRY);
    return new Webhooks(source, path, new CustomerIoApi(http, NOW));
  }
}
