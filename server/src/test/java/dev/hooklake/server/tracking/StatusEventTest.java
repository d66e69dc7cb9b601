package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusEventTest {
  private static final ExternalId EXTERNAL_ID = new ExternalId("resend", "re-1");

  @Test
  void anEventSaysWhatAndWhenAndOfWhom() {
    Row row = row("delivered").set("email_address", "Dana@Customer.Example").build();

    StatusEvent event = StatusEvent.of(row).orElseThrow();

    assertThat(event.externalId()).isEqualTo(EXTERNAL_ID);
    assertThat(event.channel()).isEqualTo(Channel.EMAIL);
    assertThat(event.recipientKey()).isEqualTo("dana@customer.example");
    assertThat(event.at(MessageStatus.DELIVERED)).isEqualTo(Lives.START);
    assertThat(event.failedAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"converted", "received", "created", "a_word_of_tomorrow"})
  void whatSaysNothingOfDeliveryIsLeftAside(String metric) {
    assertThat(StatusEvent.of(row(metric).build())).isEmpty();
  }

  @Test
  void anEventOfNoMessageIsLeftAside() {
    assertThat(StatusEvent.of(row("sent").set("delivery_id", null).build())).isEmpty();
    assertThat(StatusEvent.of(row("sent").set("delivery_id", "x".repeat(300)).build())).isEmpty();
  }

  @Test
  void whatAMachineOpenedWasNotOpened() {
    Row row = row("opened").set("machine", true).set("is_machine", true).build();

    assertThat(StatusEvent.of(row)).isEmpty();
  }

  @Test
  void onlyAFailureHasAReason() {
    String reason = "no such mailbox";

    assertThat(StatusEvent.of(row("bounced").set("failure_message", reason).build()))
        .get()
        .extracting(event -> event.failure().reason())
        .isEqualTo(reason);
    assertThat(StatusEvent.of(row("deferred").set("failure_message", reason).build()))
        .get()
        .extracting(event -> event.failure().reason())
        .isNull();
  }

  @Test
  void aTextMessageTellsItsCodeItsCostAndOurId() {
    Row row =
        text("undelivered")
            .set("error_code", "30003")
            .set("price", -0.0079)
            .set("price_currency", "USD")
            .set("message_ref", "m-1")
            .build();

    StatusEvent event = StatusEvent.of(row).orElseThrow();

    assertThat(event.failure().code()).isEqualTo("30003");
    assertThat(event.cost()).isEqualTo(new Cost(new BigDecimal("0.0079"), "USD"));
    assertThat(event.reference()).isEqualTo("m-1");
  }

  @Test
  void aBounceTellsItsTypeAsCodeAndAction() {
    Row row =
        row("bounced").set("bounce_type", "Permanent").set("bounce_subtype", "NoEmail").build();

    StatusEvent event = StatusEvent.of(row).orElseThrow();

    assertThat(event.failure().code()).isEqualTo("Permanent/NoEmail");
    assertThat(event.action()).isEqualTo(new Action(1, "email_bounced_Permanent"));
  }

  @Test
  void whatAPersonSentIsNoMessageOfOurs() {
    assertThat(StatusEvent.of(text("sent").set("direction", "inbound").build())).isEmpty();
    assertThat(StatusEvent.of(text("sent").set("direction", "outbound").build())).isPresent();
  }

  @ParameterizedTest
  @EnumSource(MessageStatus.class)
  void everyStatusIsFoundByItsLabel(MessageStatus status) {
    assertThat(MessageStatus.of(status.label())).contains(status);
  }

  @Test
  void anEventIsPrintedWithoutThePersonItIsAbout() {
    Row row = row("delivered").set("email_address", "dana@customer.example").build();

    assertThat(StatusEvent.of(row).orElseThrow().toString()).doesNotContain("dana");
  }

  private static Row.Builder text(String metric) {
    return new Fact(new ExternalId("twilio", "SM1"), Channel.SMS, metric, Lives.START, null).row();
  }

  private static Row.Builder row(String metric) {
    return Fact.of(EXTERNAL_ID, metric, Lives.START).row();
  }
}
