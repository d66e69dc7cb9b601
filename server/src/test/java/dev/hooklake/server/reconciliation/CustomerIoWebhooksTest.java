package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.customerio.ReportingWebhook;
import dev.hooklake.server.reconciliation.ProviderHistory.Look;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.RememberedMessages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a source may expect of the webhooks that lead to it.
final class CustomerIoWebhooksTest {
  private static final String OURS = "https://hooks.example.com/webhook/customerio";

  /// Of the first webhook that the fake is given.
  private static final long FIRST = 1_001;

  @Test
  void allEnabledWebhooksToASourceCountTogether() throws Exception {
    assertThat(
            subscription(
                webhook(OURS, false, false, "email_sent"),
                webhook(OURS, false, true, "email_sent", "email_opened"),
                webhook(OURS, true, true, "sms_sent"),
                webhook("https://other.example.net/in", false, true, "push_sent")))
        .isEqualTo(new Subscription(FIRST, false, true, Set.of("email_sent", "email_opened")));
    assertThat(
            subscription(
                webhook(OURS, false, false, "email_opened"),
                webhook(OURS, false, false, "email_sent")))
        .isEqualTo(new Subscription(FIRST, false, false, Set.of("email_sent", "email_opened")));
  }

  @Test
  void whereAllAreSwitchedOffTheyAreOffTogether() throws Exception {
    assertThat(
            subscription(
                webhook(OURS, true, false, "email_sent"), webhook(OURS, true, false, "sms_sent")))
        .isEqualTo(new Subscription(FIRST, true, false, Set.of("email_sent", "sms_sent")));
  }

  @Test
  void whereNoneLeadsToTheSourceNothingIsKnown() throws Exception {
    assertThat(subscription(webhook("https://other.example.net/in", false, true, "push_sent")))
        .isEqualTo(Subscription.UNKNOWN);
  }

  private static Subscription subscription(ReportingWebhook... webhooks)
      throws InterruptedException {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-09-20T10:00:00Z"));
    try (var fake = new CustomerIoFake(new RememberedMessages(10), "key", clock)) {
      CustomerIoApi api =
          CustomerIoApi.of(fake.url(), "key", Pace.perSecond(8, Pauses.real()), clock);
      for (ReportingWebhook webhook : webhooks) {
        assertThat(api.create(webhook)).isInstanceOf(Answer.Given.class);
      }
      var exports = new CustomerIoExports(api, true, Pauses.real(), clock);
      var history = new CustomerIoHistory("customerio", api, OURS::equals, exports);
      return ((Look.Seen) history.subscription()).subscription();
    }
  }

  private static ReportingWebhook webhook(
      String endpoint, boolean disabled, boolean fullResolution, String... events) {
    return new ReportingWebhook(
        0, "webhook", "ours", endpoint, List.of(events), disabled, fullResolution, false);
  }
}
