package dev.hooklake.sources.generic;

import static dev.hooklake.sources.generic.PresetCase.KEY;
import static dev.hooklake.sources.generic.PresetCase.assertRow;
import static dev.hooklake.sources.generic.PresetCase.authentic;
import static dev.hooklake.sources.generic.PresetCase.row;
import static dev.hooklake.sources.generic.PresetCase.source;
import static dev.hooklake.sources.generic.Signed.FORM;
import static dev.hooklake.sources.generic.Signed.JSON;
import static dev.hooklake.sources.generic.Signed.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Presets of email senders, each with a delivery signed as the sender documents it.
class EmailPresetsTest {
  private static final String SENDGRID =
      "[{\"email\":\"a@b.example\",\"event\":\"click\",\"timestamp\":1793178000,"
          + "\"sg_event_id\":\"ev-1\",\"sg_message_id\":\"m1.f\",\"url\":\"https://x.example/\","
          + "\"category\":[\"c1\"],\"useragent\":\"UA\",\"ip\":\"203.0.113.1\"},"
          + "{\"email\":\"c@d.example\",\"event\":\"bounce\",\"timestamp\":1793178001,"
          + "\"sg_event_id\":\"ev-2\",\"reason\":\"550 no\",\"type\":\"blocked\","
          + "\"sg_machine_open\":true}]\r\n";

  @Test
  void sendGrid() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Delivery delivery =
        Signed.delivery(
            JSON,
            SENDGRID,
            "X-Twilio-Email-Event-Webhook-Timestamp",
            "1793178000",
            "X-Twilio-Email-Event-Webhook-Signature",
            Signed.ecdsa(pair.getPrivate(), "1793178000" + SENDGRID));
    GenericSource source =
        source("sendgrid", Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    List<SourceEvent> events = authentic(source, delivery);
    assertThat(events).extracting(SourceEvent::eventKey).containsExactly("ev-1", "ev-2");
    assertRow(
        row(source, events.get(0)),
        "email_events",
        Map.of(
            "metric", "clicked",
            "recipient", "a@b.example",
            "email_address", "a@b.example",
            "delivery_id", "m1.f",
            "href", "https://x.example/",
            "tags", "[\"c1\"]",
            "user_agent", "UA",
            "ip_address", "203.0.113.1",
            "is_machine", "false"));
    assertRow(
        row(source, events.get(1)),
        "email_events",
        Map.of(
            "metric", "bounced",
            "failure_message", "550 no",
            "bounce_type", "blocked",
            "is_machine", "true"));
  }

  @Test
  void postmark() throws Exception {
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
    GenericSource source = source("postmark", KEY);
    String open =
        "{\"RecordType\":\"Open\",\"MessageID\":\"m\",\"ReceivedAt\":"
            + "\"2026-10-28T04:21:41.2493688-04:00\",\"Recipient\":\"r@x.example\","
            + "\"UserAgent\":\"UA\",\"Metadata\":{\"message_ref\":\"77\"},\"Tag\":\"welcome\"}";
    SourceEvent event =
        authentic(source, Signed.delivery(JSON, open, "Authorization", basic)).get(0);
    assertThat(event.eventKey()).isEqualTo("Open:m:::2026-10-28T04:21:41.2493688-04:00::");
    assertRow(
        row(source, event),
        "email_events",
        Map.of(
            "metric", "opened",
            "occurred_at", "2026-10-28T08:21:41.249368Z",
            "recipient", "r@x.example",
            "delivery_id", "m",
            "message_ref", "77",
            "tags", "welcome"));
    String change =
        "{\"RecordType\":\"SubscriptionChange\",\"MessageID\":\"m\",\"SuppressSending\":true,"
            + "\"ChangedAt\":\"2026-10-28T05:00:00Z\",\"SuppressionReason\":\"ManualSuppression\"}";
    assertRow(
        row(source, source.split(Signed.delivery(JSON, change)).get(0)),
        "email_events",
        Map.of("metric", "unsubscribed", "failure_message", "ManualSuppression"));
  }

  @Test
  void mailgun() throws Exception {
    String signature = Signed.hex("HmacSHA256", KEY, "1793178000" + "tok");
    String body =
        "{\"signature\":{\"timestamp\":\"1793178000\",\"token\":\"tok\",\"signature\":\""
            + signature
            + "\"},\"event-data\":{\"id\":\"e1\",\"event\":\"failed\",\"severity\":\"temporary\","
            + "\"timestamp\":1793177999.908181,\"recipient\":\"r@x.example\",\"reason\":\"generic\","
            + "\"message\":{\"headers\":{\"message-id\":\"mid\",\"subject\":\"S\"}},"
            + "\"delivery-status\":{\"message\":\"later\",\"code\":452}}}";
    GenericSource source = source("mailgun", KEY);
    SourceEvent event = authentic(source, Signed.delivery(JSON, body)).get(0);
    assertThat(event.eventKey()).isEqualTo("e1");
    assertRow(
        row(source, event),
        "email_events",
        Map.of(
            "metric", "deferred",
            "occurred_at", "2026-10-28T08:59:59.908181Z",
            "recipient", "r@x.example",
            "delivery_id", "mid",
            "subject", "S",
            "failure_message", "later",
            "bounce_type", "temporary"));
    String forged = body.replace("\"tok\"", "\"tik\"");
    assertThat(source.verify(Signed.delivery(JSON, forged))).isInstanceOf(Refused.class);
  }

  @Test
  void sparkPost() throws Exception {
    GenericSource source = source("sparkpost", KEY);
    String body =
        "[{\"msys\":{\"track_event\":{\"type\":\"click\",\"event_id\":\"9\",\"timestamp\":"
            + "\"1793178000\",\"rcpt_to\":\"r@x.example\",\"message_id\":\"m\","
            + "\"target_link_url\":\"https://l.example/\"}}},"
            + "{\"msys\":{\"message_event\":{\"type\":\"out_of_band\",\"event_id\":\"10\","
            + "\"timestamp\":\"1793178000\",\"raw_reason\":\"550\",\"bounce_class\":\"10\"}}},"
            + "{\"msys\":{}}]";
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8));
    List<SourceEvent> events =
        authentic(source, Signed.delivery(JSON, body, "Authorization", basic));
    assertThat(events).hasSize(3).extracting(SourceEvent::eventKey).startsWith("9", "10");
    assertRow(
        row(source, events.get(0)),
        "email_events",
        Map.of(
            "metric", "clicked",
            "recipient", "r@x.example",
            "delivery_id", "m",
            "href", "https://l.example/"));
    assertRow(
        row(source, events.get(1)),
        "email_events",
        Map.of("metric", "bounced", "failure_message", "550", "bounce_type", "10"));
    assertThat(source.decode(events.get(2), NOW)).isInstanceOf(Decoding.NotUnderstood.class);
  }

  @Test
  void mandrill() throws Exception {
    String json =
        "[{\"event\":\"hard_bounce\",\"_id\":\"m1\",\"ts\":1793178000,\"msg\":{\"email\":"
            + "\"r@x.example\",\"sender\":\"s@x.example\",\"subject\":\"a+b=c\",\"diag\":\"550\","
            + "\"bounce_description\":\"bad_mailbox\",\"tags\":[\"t\"]}},"
            + "{\"event\":\"send\",\"_id\":\"m2\",\"ts\":1793178000,\"msg\":{}}]";
    String form = "mandrill_events=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    String signature =
        Signed.base64(
            "HmacSHA1", KEY, "https://hooks.example.org/hooks/it" + "mandrill_events" + json);
    GenericSource source = source("mandrill", KEY);
    List<SourceEvent> events =
        authentic(source, Signed.delivery(FORM, form, "X-Mandrill-Signature", signature));
    assertThat(events)
        .extracting(SourceEvent::eventKey)
        .containsExactly("hard_bounce:m1:1793178000:", "send:m2:1793178000:");
    assertRow(
        row(source, events.get(0)),
        "email_events",
        Map.of(
            "metric", "bounced",
            "recipient", "r@x.example",
            "sender", "s@x.example",
            "subject", "a+b=c",
            "delivery_id", "m1",
            "bounce_type", "hard",
            "bounce_subtype", "bad_mailbox",
            "failure_message", "550"));
    assertThat(row(source, events.get(1)).value("bounce_type")).isNull();
  }
}
