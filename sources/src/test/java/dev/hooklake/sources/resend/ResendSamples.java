package dev.hooklake.sources.resend;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Expected;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.util.List;

/// Bodies as Resend posts them, with the ids, times and signatures they came with.
final class ResendSamples {
  static final Secret SECRET = Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRl");
  static final Secret NEXT_SECRET = Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");
  static final Instant PROCESSED = Instant.parse("2026-10-28T20:00:00Z");
  static final List<String> LINES = Expected.lines("/resend/samples.jsonl");
  static final List<Expected> EXPECTED = Expected.in("/resend/expected.jsonl");

  private ResendSamples() {}

  static Resend source() {
    return new Resend(ResendSettings.of("resend", List.of(SECRET)));
  }

  static Delivery sample(int line) {
    return sample(line, EXPECTED.get(line - 1).text("signature"));
  }

  static Delivery sample(int line, String signature) {
    Expected expected = EXPECTED.get(line - 1);
    Headers headers =
        Headers.of(
            "content-type",
            "application/json",
            "svix-id",
            expected.text("id"),
            "svix-timestamp",
            expected.text("sent"),
            "svix-signature",
            signature);
    Instant received = Instant.ofEpochSecond(expected.json().path("sent").asLong() + 2);
    return new Delivery("/webhooks/resend", "", headers, Payload.of(LINES.get(line - 1)), received);
  }

  static Delivery body(String body) {
    return new Delivery(
        "/webhooks/resend",
        "",
        Headers.of("content-type", "application/json", "svix-id", "msg_1"),
        Payload.of(body),
        PROCESSED);
  }
}
