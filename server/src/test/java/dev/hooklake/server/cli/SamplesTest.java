package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.Signed;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
  private static final String URL = "https://hooks.example.org/in";
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Secret SECRET = Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");

  private static Stream<String> names() {
    return StreamSupport.stream(new Samples.Names().spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachSampleIsAuthenticAndMeansWhatItsNameSays(String name) throws IOException {
    String type = Samples.type(name);
    Source source = sources().get(type);
    Provider provider = providers().get(type);
    var sender = new Sender(type, URI.create(URL), URL, provider);
    SimulatedEvent event = provider.event(Samples.named(name));
    Signed signed = sender.sign(event, NOW);
    var delivery = new Delivery("/in", signed.query(), signed.headers(), event.body(), NOW);

    assertThat(source.verify(delivery)).isInstanceOf(Verification.Verified.class);
    Decoding decoding = source.decode(source.split(delivery).getFirst(), NOW);
    if (name.equals("unknown-object")) {
      assertThat(decoding).isInstanceOf(Decoding.NotUnderstood.class);
    } else {
      assertThat(decoding).isInstanceOf(Decoding.Understood.class);
      String table = ((Decoding.Understood) decoding).row().table().name();
      String channel = table.replace("_events", "").replace('_', '-');
      assertThat(said(name)).startsWith(channel);
    }
  }

  private static String said(String name) {
    return name.replaceFirst("^(twilio|resend|c2s)-", "")
        .replaceFirst("^(preferences|contact)", "customer")
        .replaceFirst("^stream", "sms");
  }

  private static Map<String, Source> sources() {
    return Map.of(
        "customerio", new CustomerIo(CustomerIoSettings.of("customerio", List.of(SECRET))),
        "twilio",
            new Twilio(
                TwilioSettings.of(
                    "twilio", List.of(SECRET), PublicAddress.of("https://hooks.example.org"))),
        "resend", new Resend(ResendSettings.of("resend", List.of(SECRET))),
        "c2s", new C2s(C2sSettings.of("c2s", List.of(SECRET))));
  }

  private static Map<String, Provider> providers() {
    return Map.of(
        "customerio", Provider.customerIo(SECRET),
        "twilio", Provider.twilio(SECRET, Optional.empty()),
        "resend", Provider.resend(SECRET),
        "c2s", Provider.c2s(SECRET));
  }
}
