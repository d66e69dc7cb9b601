package dev.hooklake.sources.twilio;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.util.List;

/// Forms as Twilio posts them, with the signatures they came with.
final class TwilioSamples {
  static final Secret TOKEN = Secret.of("test-auth-token-0001");
  static final String BASE = "https://hooks.example.org";
  static final Instant RECEIVED = Instant.parse("2026-10-28T14:07:42.123456Z");
  static final Instant PROCESSED = Instant.parse("2026-10-28T14:07:50Z");
  static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
  static final List<String> LINES = Expected.lines("/twilio/samples.txt");
  static final List<Expected> EXPECTED = Expected.in("/twilio/expected.jsonl");

  /// The vendor's example of an event of Event Streams, as one line.
  static final String STREAM = Expected.lines("/twilio/event-streams.json").get(0);

  private TwilioSamples() {}

  static Twilio source() {
    return new Twilio(TwilioSettings.of("twilio", List.of(TOKEN), PublicAddress.of(BASE)));
  }

  static Delivery sample(int line) {
    Expected expected = EXPECTED.get(line - 1);
    boolean status = expected.text("kind").equals("S");
    return new Delivery(
        status ? "/v1/twilio/status" : "/v1/twilio/inbound",
        status ? "tenant=acme" : "",
        Headers.of("Content-Type", FORM, "X-Twilio-Signature", expected.text("signature")),
        Payload.of(LINES.get(line - 1)),
        RECEIVED);
  }

  static Delivery form(String query, String body) {
    return new Delivery(
        "/webhooks/twilio", query, Headers.of("Content-Type", FORM), Payload.of(body), RECEIVED);
  }

  static Delivery json(String query, String body, String signature) {
    return new Delivery(
        "/v1/twilio/events",
        query,
        Headers.of("Content-Type", "application/json", "X-Twilio-Signature", signature),
        Payload.of(body),
        RECEIVED);
  }
}
