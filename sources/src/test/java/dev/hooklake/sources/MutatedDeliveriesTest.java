package dev.hooklake.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.c2s.LeadSamples;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Samples changed at random, from fixed seeds: nothing throws, decoding depends on nothing else,
/// and what was changed is never authentic.
class MutatedDeliveriesTest {
  private static final int ROUNDS = 2_000;
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final String STRUCTURE = "{}[]\",:\\\u0000&=%+ 0eE-.nt\u00ff";

  private static final Twilio TWILIO =
      new Twilio(
          TwilioSettings.of(
              "twilio",
              List.of(Secret.of("test-auth-token-0001")),
              PublicAddress.of("https://hooks.example.org")));
  private static final Resend RESEND =
      new Resend(
          ResendSettings.of(
              "resend", List.of(Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRl"))));

  private static final C2s C2S =
      new C2s(C2sSettings.of("c2s", List.of(Secret.of("example-token"))));

  @Test
  void noFormMakesTwilioThrow() {
    check(
        TWILIO,
        "application/x-www-form-urlencoded",
        Expected.lines("/twilio/samples.txt"),
        20_260_303);
  }

  @Test
  void noStreamMakesTwilioThrow() {
    check(TWILIO, "application/json", Expected.lines("/twilio/event-streams.json"), 20_260_304);
  }

  @Test
  void noBodyMakesResendThrow() {
    check(RESEND, "application/json", Expected.lines("/resend/samples.jsonl"), 20_260_305);
  }

  @Test
  void noBodyMakesC2sThrow() {
    check(C2S, "application/json", LeadSamples.bodies(), 20_260_306);
  }

  private static void check(Source source, String contentType, List<String> samples, long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String sample = samples.get(random.nextInt(samples.size()));
      Payload body = Payload.wrap(changed(sample.getBytes(UTF_8), random));
      Headers headers =
          Headers.of(
              "content-type", contentType,
              "x-twilio-signature", "Jyr+XyiU83FaxJ5JPhbC8VqSqxk=",
              "svix-id", "msg_1",
              "svix-timestamp", Long.toString(NOW.getEpochSecond()),
              "svix-signature", "v1,ILbWkW4WCfPXze7kRMysHtLwD1roTZjIb5vVVky+5t4=");
      var delivery = new Delivery("/v1/hook", "message_id=m", headers, body, NOW);
      assertThat(source.verify(delivery)).isInstanceOf(Verification.Refused.class);
      var events = new ArrayList<SourceEvent>(source.split(delivery));
      assertThat(events).isNotEmpty();
      for (SourceEvent event : events) {
        assertThat(event.eventKey()).isNotBlank();
        assertThat(source.decode(event, NOW)).isEqualTo(source.decode(event, NOW));
        assertThat(LandingRows.event(LandingRows.landing(event, round))).isEqualTo(event);
      }
      assertThat(source.accepted(delivery, Expected.stored(source, delivery)).status())
          .isIn(200, 400);
    }
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] result = bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      result = changedOnce(result, random);
    }
    return result;
  }

  private static byte[] changedOnce(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> {
        // Cut off here.
      }
      case 1 -> {
        out.write(STRUCTURE.charAt(random.nextInt(STRUCTURE.length())));
        out.write(bytes, at, bytes.length - at);
      }
      case 2 -> {
        int skipped = Math.min(bytes.length, at + 1 + random.nextInt(20));
        out.write(bytes, skipped, bytes.length - skipped);
      }
      default -> {
        int from = random.nextInt(bytes.length + 1);
        out.write(bytes, from, bytes.length - from);
      }
    }
    return out.toByteArray();
  }
}
