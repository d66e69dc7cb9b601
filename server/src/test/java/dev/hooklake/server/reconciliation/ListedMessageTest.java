package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.providers.resend.ResendEmail;
import dev.hooklake.providers.twilio.TwilioMessage;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.RememberedMessages;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Events made from what providers list are read by the real decoders.
final class ListedMessageTest {
  private static final Instant FETCHED = Instant.parse("2026-09-20T10:00:00Z");
  private static final String OPENED =
      """
      {"event_id":"01E","object_type":"email","metric":"opened","timestamp":1788000600,
       "data":{"delivery_id":"dgO_Ag==","campaign_id":9,"action_id":11,"recipient":"ana@example.org",
       "subject":"Hello","customer_id":"42","prefetched":true,
       "identifiers":{"id":"42","email":"ana@example.org","cio_id":"d9c1"}}}\
      """;

  @Test
  void aFetchedOpenIsARowLikeThatOfItsWebhookButForIdAndOrigin() throws Exception {
    CustomerIoListed listed = customerIo(OPENED);
    assertThat(listed.facts())
        .containsExactly(new Fact("opened", Doer.MACHINE, Instant.ofEpochSecond(1_788_000_600)));
    SourceEvent event = listed.event(listed.facts().getFirst(), FETCHED);
    Row row = row(customerIoSource(), event);
    assertThat(event.eventKey()).isEqualTo("backfill:dgO_Ag==:opened:machine");
    assertThat(row.table()).isEqualTo(Channel.EMAIL.table());
    assertThat(row.value("event_id")).isEqualTo(event.eventKey());
    assertThat(row.value("origin")).isEqualTo("backfill");
    assertThat(row.value("extra")).isNull();
    Row webhook = row(customerIoSource(), webhook(OPENED));
    assertThat(webhook.value("origin")).isEqualTo("webhook");
    for (String column :
        List.of(
            "object_type",
            "metric",
            "occurred_at",
            "event_date",
            "delivery_id",
            "campaign_id",
            "action_id",
            "recipient",
            "subject",
            "customer_id",
            "person_id",
            "cio_id",
            "email_address",
            "prefetched",
            "is_machine")) {
      assertThat(row.value(column)).as(column).isEqualTo(webhook.value(column)).isNotNull();
    }
  }

  @Test
  void theSameFactAlwaysGivesTheSameKey() throws Exception {
    CustomerIoListed listed = customerIo(OPENED);
    Fact fact = listed.facts().getFirst();
    SourceEvent later = listed.event(fact, FETCHED.plusSeconds(86_400));
    assertThat(later.eventKey()).isEqualTo(listed.event(fact, FETCHED).eventKey());
    assertThat(later.body()).isEqualTo(listed.event(fact, FETCHED).body());
  }

  @Test
  void theLandingRowGivesTheSameEventBack() throws Exception {
    CustomerIoListed listed = customerIo(OPENED);
    SourceEvent event = listed.event(listed.facts().getFirst(), FETCHED);
    assertThat(LandingRows.event(LandingRows.landing(event, 7))).isEqualTo(event);
  }

  @Test
  void aTextMessageIsCalledTwilioInTheListAndSmsInTheTable() throws Exception {
    String sent = OPENED.replace("\"email\",\"metric\":\"opened\"", "\"sms\",\"metric\":\"sent\"");
    CustomerIoListed listed = customerIo(sent);
    assertThat(listed.message().type()).isEqualTo("twilio");
    Row row = row(customerIoSource(), listed.event(listed.facts().getFirst(), FETCHED));
    assertThat(row.table()).isEqualTo(Channel.SMS.table());
  }

  @Test
  void aFetchedStatusHasTheVeryKeyOfItsCallbackAndItsOwnTime() {
    Instant updated = Instant.parse("2026-09-19T08:00:00Z");
    String sid = "SM" + "0".repeat(31) + "7";
    var message =
        new TwilioMessage(
            sid,
            "AC" + "0".repeat(32),
            "+351910555000",
            "+351910555017",
            "Hi",
            "undelivered",
            "outbound-api",
            "30003",
            null,
            "1",
            "-0.0075",
            "USD",
            updated,
            updated,
            updated);
    var listed = new TwilioListed("twilio", message);
    SourceEvent fetched = listed.event(listed.facts().getFirst(), FETCHED);
    Twilio source = twilio();
    String form =
        "MessageSid=" + sid + "&MessageStatus=undelivered&ErrorCode=30003&To=%2B351910555017";
    assertThat(source.split(form(form)).getFirst().eventKey()).isEqualTo(fetched.eventKey());
    Row row = row(source, fetched);
    assertThat(row.value("occurred_at")).isEqualTo(updated);
    assertThat(row.value("metric")).isEqualTo("undelivered");
    assertThat(row.value("price")).isEqualTo(-0.0075);
    assertThat(row.value("origin")).isEqualTo("backfill");
  }

  @Test
  void aWebhookCannotClaimAnotherTimeOrOrigin() {
    String form =
        "MessageSid=SM" + "0".repeat(32) + "&MessageStatus=sent&DateUpdated=2001-01-01T00:00:00Z";
    Row row = row(twilio(), twilio().split(form(form)).getFirst());
    assertThat(row.value("occurred_at")).isEqualTo(FETCHED);
    assertThat(row.value("origin")).isEqualTo("webhook");
  }

  @Test
  void whatIsUnderWayHasNoFactYet() {
    var queued =
        new TwilioMessage(
            "SM",
            "AC",
            null,
            null,
            null,
            "queued",
            "outbound-api",
            null,
            null,
            null,
            null,
            null,
            FETCHED,
            null,
            null);
    assertThat(new TwilioListed("twilio", queued).facts()).isEmpty();
  }

  @Test
  void aFetchedEmailOfResendSaysWhoseTimeItHas() {
    var email =
        new ResendEmail(
            "e-1",
            "hello@example.org",
            List.of("ana@example.org"),
            "Hello",
            "complained",
            Instant.parse("2026-09-19T08:00:00Z"));
    var listed = new ResendListed("resend", email);
    assertThat(listed.facts().getFirst().metric()).isEqualTo("spammed");
    var source =
        new Resend(
            ResendSettings.of(
                "resend", List.of(Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRl"))));
    Row row = row(source, listed.event(listed.facts().getFirst(), FETCHED));
    assertThat(row.value("metric")).isEqualTo("spammed");
    assertThat(row.value("delivery_id")).isEqualTo("e-1");
    assertThat(row.value("recipient")).isEqualTo("ana@example.org");
    assertThat((String) row.value("extra")).contains("\"time_of\":\"email\"");
  }

  /// As the list shows it after this webhook.
  private static CustomerIoListed customerIo(String webhook) throws Exception {
    var messages = new RememberedMessages(10);
    messages.happened(new ObjectMapper().readTree(webhook));
    InstantSource clock = InstantSource.fixed(FETCHED);
    try (var fake = new CustomerIoFake(messages, "key", clock)) {
      CustomerIoApi api =
          CustomerIoApi.of(fake.url(), "key", Pace.perSecond(8, Pauses.real()), clock);
      var exports = new CustomerIoExports(api, true, Pauses.real(), clock);
      var query = new CustomerIoHistory("customerio", api, _ -> true, exports);
      LocalDate day = LocalDate.of(2026, 8, 29);
      var step = (ProviderHistory.Step.Messages) query.walk(day, day).next();
      return (CustomerIoListed) step.messages().getFirst();
    }
  }

  private static SourceEvent webhook(String body) {
    var delivery = new Delivery("/webhook/customerio", "", Headers.NONE, Payload.of(body), FETCHED);
    return customerIoSource().split(delivery).getFirst();
  }

  private static Delivery form(String body) {
    return new Delivery(
        "/webhooks/twilio",
        "",
        Headers.of("content-type", "application/x-www-form-urlencoded"),
        Payload.of(body),
        FETCHED);
  }

  static CustomerIo customerIoSource() {
    return new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("key"))));
  }

  private static Twilio twilio() {
    return new Twilio(
        TwilioSettings.of(
            "twilio", List.of(Secret.of("token")), PublicAddress.of("https://hooks.example.org")));
  }

  private static Row row(Source source, SourceEvent event) {
    return ((Decoding.Understood) source.decode(event, FETCHED)).row();
  }
}
