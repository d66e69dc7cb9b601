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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Refused;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.signature.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Presets of everybody but email senders, each with a delivery signed as the sender documents it.
class PresetsTest {
  private static final long AT = NOW.getEpochSecond();
  private static final String STATUSES =
      "{\"id\":\"wamid.1\",\"status\":\"read\",\"timestamp\":\"1793178000\",\"recipient_id\":"
          + "\"351910\"},{\"id\":\"wamid.2\",\"status\":\"failed\",\"timestamp\":\"1793178001\","
          + "\"recipient_id\":\"351911\",\"errors\":[{\"code\":131047,\"title\":\"Re-engage\"}]}";

  private static final String META =
      "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"w\",\"changes\":["
          + "{\"field\":\"messages\",\"value\":{\"metadata\":{\"display_phone_number\":\"1555\"},"
          + "\"statuses\":["
          + STATUSES
          + "]}},{\"field\":\"messages\",\"value\":{\"messages\":[{\"id\":\"wamid.3\","
          + "\"from\":\"351912\",\"timestamp\":\"1793178002\",\"type\":\"text\",\"text\":{\"body\":"
          + "\"Olá\"}}]}},{\"field\":\"account_update\",\"value\":{\"event\":\"x\"}}]}]}";

  @Test
  void everyPresetIsReadable() throws Exception {
    for (String preset : Presets.names()) {
      if (!preset.equals("sendgrid")) {
        assertThat(source(preset, KEY).name()).isEqualTo(preset);
      }
    }
    assertThatThrownBy(() -> Presets.tree("sendgird", Json.object()))
        .hasMessageContaining("sendgrid");
  }

  @Test
  void vonage() throws Exception {
    String body =
        "{\"message_uuid\":\"u1\",\"to\":\"447700900000\",\"from\":\"447700900001\","
            + "\"timestamp\":\"2026-10-28T08:59:59.000Z\",\"status\":\"undeliverable\","
            + "\"channel\":\"sms\",\"client_ref\":\"77\",\"error\":{\"title\":\"1020\","
            + "\"detail\":\"No\"},\"usage\":{\"currency\":\"EUR\",\"price\":\"0.0333\"}}";
    GenericSource source = source("vonage", KEY);
    Delivery delivery = Signed.delivery(JSON, body, "Authorization", "Bearer " + jwt(body, AT));
    SourceEvent event = authentic(source, delivery).get(0);
    assertThat(event.eventKey()).isEqualTo("u1:undeliverable");
    assertRow(
        row(source, event),
        "sms_events",
        Map.of(
            "metric", "undelivered",
            "recipient", "447700900000",
            "delivery_id", "u1",
            "message_ref", "77",
            "error_code", "1020",
            "failure_message", "No",
            "price", "0.0333",
            "price_currency", "EUR"));
    Delivery old = Signed.delivery(JSON, body, "Authorization", "Bearer " + jwt(body, AT - 301));
    assertThat(source.verify(old)).isInstanceOf(Refused.class);
    Delivery other = Signed.delivery(JSON, body, "Authorization", "Bearer " + jwt("{}", AT));
    assertThat(source.verify(other)).isInstanceOf(Refused.class);
  }

  @Test
  void plivo() throws Exception {
    String form =
        "MessageUUID=u1&Status=delivered&From=14155550100&To=14155550142&Units=2"
            + "&TotalAmount=0.0130&ErrorCode=000";
    String signature =
        Signed.base64("HmacSHA256", KEY, "https://hooks.example.org/hooks/it" + "n0nce");
    GenericSource source = source("plivo", KEY);
    SourceEvent event =
        authentic(
                source,
                Signed.delivery(
                    FORM,
                    form,
                    "X-Plivo-Signature-V2",
                    signature,
                    "X-Plivo-Signature-V2-Nonce",
                    "n0nce"))
            .get(0);
    assertThat(event.eventKey()).isEqualTo("u1:delivered:000");
    assertRow(
        row(source, event),
        "sms_events",
        Map.of(
            "metric", "delivered",
            "recipient", "14155550142",
            "sender", "14155550100",
            "segments", "2",
            "price", "0.013",
            "occurred_at", NOW.toString()));
  }

  @Test
  void oneSignal() throws Exception {
    String body =
        "{\"event\":{\"id\":\"e1\",\"kind\":\"message.email.hardbounced\",\"datetime\":"
            + "\"2026-10-28T08:59:00.228Z\"},\"message\":{\"id\":\"m1\"}}";
    GenericSource source = source("onesignal", KEY);
    SourceEvent event =
        authentic(source, Signed.delivery(JSON, body, "Authorization", "Bearer " + KEY)).get(0);
    assertThat(event.eventKey()).isEqualTo("e1");
    assertRow(row(source, event), "email_events", Map.of("metric", "bounced", "delivery_id", "m1"));
    assertThat(source.verify(Signed.delivery(JSON, body, "Authorization", KEY)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void stripe() throws Exception {
    String body =
        "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1793178000,\"data\":{\"object\":{"
            + "\"object\":\"invoice\",\"id\":\"in_1\",\"customer\":\"cus_1\"}}}";
    String header =
        "t=" + AT + ",v1=" + Signed.hex("HmacSHA256", KEY, AT + "." + body) + ",v0=ignored";
    GenericSource source = source("stripe", KEY);
    SourceEvent event =
        authentic(source, Signed.delivery(JSON, body, "Stripe-Signature", header)).get(0);
    assertThat(event.eventKey()).isEqualTo("evt_1");
    assertRow(
        row(source, event),
        "webhook_events",
        Map.of(
            "metric", "invoice.paid",
            "object_type", "invoice",
            "delivery_id", "in_1",
            "customer_id", "cus_1"));
  }

  @Test
  void gitHub() throws Exception {
    String body = "{\"action\":\"opened\",\"sender\":{\"login\":\"octo\"}}";
    GenericSource source = source("github", KEY);
    SourceEvent event =
        authentic(
                source,
                Signed.delivery(
                    JSON,
                    body,
                    "X-GitHub-Event",
                    "pull_request",
                    "X-GitHub-Delivery",
                    "72d3162e",
                    "X-Hub-Signature-256",
                    "sha256=" + Signed.hex("HmacSHA256", KEY, body)))
            .get(0);
    assertThat(event.eventKey()).isEqualTo("72d3162e");
    assertRow(
        row(source, event),
        "webhook_events",
        Map.of(
            "metric", "pull_request.opened",
            "object_type", "pull_request",
            "customer_id", "octo"));
  }

  @Test
  void slackWithItsHandshake() throws Exception {
    GenericSource source = source("slack", KEY);
    String body =
        "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event_time\":1793178000,"
            + "\"event\":{\"type\":\"message\",\"user\":\"U1\",\"channel\":\"C1\",\"text\":\"hi\"}}";
    Delivery delivery = slack(body);
    SourceEvent event = authentic(source, delivery).get(0);
    assertThat(event.eventKey()).isEqualTo("Ev1");
    assertRow(
        row(source, event),
        "slack_events",
        Map.of("metric", "message", "customer_id", "U1", "recipient", "C1", "content", "hi"));
    assertThat(accepted(source, delivery).body()).contains("success");
    Delivery challenge = slack("{\"type\":\"url_verification\",\"challenge\":\"abc\"}");
    assertThat(accepted(source, challenge)).isEqualTo(new Answer(200, "text/plain", "abc"));
  }

  private static Answer accepted(Source source, Delivery delivery) {
    return source.accepted(delivery, Expected.stored(source, delivery));
  }

  @Test
  void shopify() throws Exception {
    String body = "{\"id\":820982911946154508,\"email\":\"j@x.example\",\"total\":\"1.10\"}";
    GenericSource source = source("shopify", KEY);
    SourceEvent event =
        authentic(
                source,
                Signed.delivery(
                    JSON,
                    body,
                    "X-Shopify-Topic",
                    "orders/create",
                    "X-Shopify-Webhook-Id",
                    "w-1",
                    "X-Shopify-Triggered-At",
                    "2026-10-28T08:59:59.123456789Z",
                    "X-Shopify-Hmac-SHA256",
                    Signed.base64("HmacSHA256", KEY, body)))
            .get(0);
    assertThat(event.eventKey()).isEqualTo("w-1");
    assertRow(
        row(source, event),
        "webhook_events",
        Map.of(
            "metric", "orders/create",
            "delivery_id", "820982911946154508",
            "email_address", "j@x.example",
            "occurred_at", "2026-10-28T08:59:59.123456Z",
            "extra", "{\"total\":\"1.10\"}"));
  }

  @Test
  void metaWhatsApp() throws Exception {
    GenericSource source = meta();
    Delivery delivery =
        Signed.delivery(
            JSON, META, "X-Hub-Signature-256", "sha256=" + Signed.hex("HmacSHA256", KEY, META));
    List<SourceEvent> events = authentic(source, delivery);
    assertThat(events)
        .hasSize(4)
        .extracting(SourceEvent::eventKey)
        .startsWith("wamid.1:read", "wamid.2:failed", "wamid.3:");
    assertThat(events.get(3).eventKey()).startsWith("sha256:");
    assertRow(
        row(source, events.get(0)),
        "whatsapp_events",
        Map.of(
            "metric", "opened",
            "recipient", "351910",
            "delivery_id", "wamid.1",
            "direction", "outbound",
            "sender", "1555"));
    assertRow(
        row(source, events.get(1)),
        "whatsapp_events",
        Map.of("metric", "failed", "error_code", "131047", "failure_message", "Re-engage"));
    assertRow(
        row(source, events.get(2)),
        "whatsapp_events",
        Map.of(
            "metric", "received", "recipient", "351912", "content", "Olá", "direction", "inbound"));
    assertThat(source.decode(events.get(3), NOW)).isInstanceOf(Decoding.NotUnderstood.class);
  }

  @Test
  void metaWhatsAppsHandshake() throws Exception {
    GenericSource source = meta();
    assertThat(source.handshake("hub.mode=subscribe&hub.verify_token=agreed&hub.challenge=11"))
        .contains(new Answer(200, "text/plain", "11"));
    assertThat(source.handshake("hub.verify_token=wrong&hub.challenge=11").orElseThrow().status())
        .isEqualTo(403);
    assertThat(source.handshake("").orElseThrow().status()).isEqualTo(403);
    assertThat(source("meta-whatsapp", KEY).handshake("hub.verify_token=&hub.challenge=1"))
        .as("without an agreed token nobody is believed")
        .hasValueSatisfying(answer -> assertThat(answer.status()).isEqualTo(403));
  }

  private static GenericSource meta() throws SettingsRefused {
    ObjectNode overrides = Json.object();
    overrides.putObject("handshake").put("token", "agreed");
    return new GenericSource(
        GenericSettings.read(
            "meta",
            Presets.tree("meta-whatsapp", overrides),
            List.of(Secret.of(KEY)),
            PublicAddress.OF_REQUEST));
  }

  private static Delivery slack(String body) {
    return Signed.delivery(
        JSON,
        body,
        "X-Slack-Request-Timestamp",
        Long.toString(AT),
        "X-Slack-Signature",
        "v0=" + Signed.hex("HmacSHA256", KEY, "v0:" + AT + ":" + body));
  }

  private static String jwt(String body, long issuedAt) throws Exception {
    String hash =
        HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(body.getBytes(StandardCharsets.UTF_8)));
    Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
    String content =
        url.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + url.encodeToString(
                ("{\"iss\":\"Vonage\",\"iat\":" + issuedAt + ",\"payload_hash\":\"" + hash + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
    byte[] mac = Base64.getDecoder().decode(Signed.base64("HmacSHA256", KEY, content));
    return content + "." + url.encodeToString(mac);
  }
}
