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
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Any bytes at all, as a form or as JSON and as the signature too, are verified, split and decoded
/// without an exception. A normal build runs the inputs kept beside the tests; `JAZZER_FUZZ=1 mvn
/// ... -Djazzer.hooks=true -Dtest=ProvidersFuzzTest` searches for more.
class ProvidersFuzzTest {
  private static final Instant NOW = Instant.parse("2026-10-28T09:00:00Z");
  private static final int HEADER_BYTES = 64;
  private static final List<Source> SOURCES = sources();

  private static List<Source> sources() {
    var sources = new ArrayList<Source>();
    sources.add(
        new Twilio(
            TwilioSettings.of("twilio", List.of(Secret.of("token")), PublicAddress.OF_REQUEST)));
    sources.add(
        new Resend(
            ResendSettings.of(
                "resend", List.of(Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRl")))));
    sources.add(new C2s(C2sSettings.of("c2s", List.of(Secret.of("a token nobody sends")))));
    Presets.names().forEach(name -> sources.add(preset(name)));
    return List.copyOf(sources);
  }

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
              "x-webhook-token", header,
              "x-hub-signature", header,
              "x-slack-signature", header,
              "x-slack-request-timestamp", Long.toString(NOW.getEpochSecond()),
              "x-shopify-hmac-sha256", header,
              "x-plivo-signature-v2", header,
              "x-plivo-signature-v2-nonce", header,
              "x-twilio-email-event-webhook-signature", header,
              "x-twilio-email-event-webhook-timestamp", header,
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
      if (!LandingRows.event(LandingRows.landing(event, 1)).equals(event)) {
        throw new AssertionError(source.name() + " has an event that landing does not keep");
      }
      if (!source.decode(event, NOW).equals(source.decode(event, NOW))) {
        throw new AssertionError(source.name() + " decoded one event in two ways");
      }
    }
    source.accepted(delivery, Expected.stored(source, delivery));
    source.handshake(delivery.query());
  }

  private static Source preset(String name) {
    String key = name.equals("sendgrid") ? ellipticPublicKey() : "nobody:sends this";
    try {
      return new GenericSource(
          GenericSettings.read(
              name,
              Presets.tree(name, Json.object()),
              List.of(Secret.of(key)),
              PublicAddress.OF_REQUEST));
    } catch (SettingsRefused e) {
      throw new IllegalStateException(e);
    }
  }

  private static String ellipticPublicKey() {
    try {
      var pair = KeyPairGenerator.getInstance("EC");
      pair.initialize(256);
      return Base64.getEncoder().encodeToString(pair.generateKeyPair().getPublic().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
