package dev.hooklake.sources;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.fields.Json;
import dev.hooklake.sources.generic.GenericSettings;
import dev.hooklake.sources.generic.GenericSource;
import dev.hooklake.sources.generic.Presets;
import dev.hooklake.sources.generic.SettingsRefused;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Any bytes at all, as a form or as JSON and as the signature too, are verified, split and decoded
/// without an exception. A normal build runs the inputs kept beside the tests; `JAZZER_FUZZ=1 mvn
/// ... -Djazzer.hooks=true -Dtest=ProvidersFuzzTest` searches for more.
class ProvidersFuzzTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final int HEADER_BYTES = 64;
  private static final List<Source> SOURCES =
      List.of(
          new Twilio(
              TwilioSettings.of("twilio", List.of(Secret.of("token")), PublicAddress.OF_REQUEST)),
          new Resend(
              ResendSettings.of(
                  "resend", List.of(Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRl")))),
          new C2s(C2sSettings.of("c2s", List.of(Secret.of("example-token")))),
          preset("meta-whatsapp"),
          preset("mandrill"),
          preset("vonage"),
          preset("stripe"));

  @FuzzTest
  void anyBytesAreVerifiedSplitAndDecoded(byte[] input) {
    int cut = Math.min(HEADER_BYTES, input.length / 2);
    String header = new String(input, 0, cut, StandardCharsets.UTF_8);
    Payload body = Payload.wrap(Arrays.copyOfRange(input, cut, input.length));
    for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
      Headers headers =
          Headers.of(
              "content-type", type,
              "host", "h",
              "x-twilio-signature", header,
              "x-webhook-token", header,
              "x-hub-signature-256", header,
              "x-mandrill-signature", header,
              "authorization", header,
              "stripe-signature", header,
              "svix-id", "msg_1",
              "svix-timestamp", Long.toString(NOW.getEpochSecond()),
              "svix-signature", header);
      var delivery = new Delivery("/hook", header, headers, body, NOW);
      SOURCES.forEach(source -> check(source, delivery));
    }
  }

  private static void check(Source source, Delivery delivery) {
    if (source.verify(delivery) instanceof Verification.Verified) {
      throw new AssertionError(source.name() + " believed what nobody signed");
    }
    for (SourceEvent event : source.split(delivery)) {
      if (!source.decode(event, NOW).equals(source.decode(event, NOW))) {
        throw new AssertionError(source.name() + " decoded one event in two ways");
      }
    }
    source.accepted(delivery, Expected.stored(source, delivery));
    source.handshake(delivery.query());
  }

  private static Source preset(String name) {
    try {
      return new GenericSource(
          GenericSettings.read(
              name,
              Presets.tree(name, Json.object()),
              List.of(Secret.of("key")),
              PublicAddress.OF_REQUEST));
    } catch (SettingsRefused e) {
      throw new IllegalStateException(e);
    }
  }
}
