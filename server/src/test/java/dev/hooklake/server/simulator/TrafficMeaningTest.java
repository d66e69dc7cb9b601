package dev.hooklake.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.PublicAddress;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.resend.Resend;
import dev.hooklake.sources.resend.ResendSettings;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.twilio.Twilio;
import dev.hooklake.sources.twilio.TwilioSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What each provider's traffic means to the source that takes it.
class TrafficMeaningTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Secret SECRET = Secret.of("whsec_bG9jYWwtdGVzdC1zZWNyZXQtMjRieXRC");
  private static final String BASE = "https://hooks.example.org";
  private static final int EVENTS = 20_000;

  private final Map<String, Set<String>> metricsByTable = new HashMap<>();
  private int outOfOrder;

  @Test
  void customerIosEventsAreAuthenticHaveTheirKeysAndEndInTheirTables() {
    play(
        Provider.customerIo(SECRET),
        new CustomerIo(CustomerIoSettings.of("customerio", List.of(SECRET))));
  }

  @Test
  void twiliosLivesOfMessages() {
    play(
        Provider.twilio(SECRET, Optional.empty()),
        new Twilio(TwilioSettings.of("twilio", List.of(SECRET), PublicAddress.of(BASE))));

    assertThat(metricsByTable.get("sms_events"))
        .contains("queued", "sent", "delivered", "undelivered", "failed", "received", "paused");
    assertThat(metricsByTable.get("whatsapp_events"))
        .contains("sent", "delivered", "opened", "undelivered", "received");
    assertThat(metricsByTable).containsKey("quarantine");
    assertThat(outOfOrder).as("sent after delivered or undelivered").isBetween(20, 1_000);
  }

  @Test
  void twiliosEventsAreOfTheAccountThatIsWanted() {
    String account = "AC" + "0b".repeat(16);
    var settings = TwilioSettings.of("twilio", List.of(SECRET), PublicAddress.of(BASE));
    play(
        Provider.twilio(SECRET, Optional.of(account)),
        new Twilio(
            new TwilioSettings(
                "twilio",
                settings.authTokens(),
                Set.of(account),
                settings.address(),
                settings.scheme())));
  }

  @Test
  void resendsLivesOfEmails() {
    play(Provider.resend(SECRET), new Resend(ResendSettings.of("resend", List.of(SECRET))));

    assertThat(metricsByTable.get("email_events"))
        .contains("scheduled", "sent", "deferred", "delivered", "opened", "clicked", "bounced")
        .contains("failed", "dropped", "spammed", "postponed");
    assertThat(metricsByTable.get("customer_events")).contains("created", "updated", "added");
    assertThat(metricsByTable).containsKey("quarantine");
  }

  @Test
  void c2sLivesOfLeads() {
    play(Provider.c2s(SECRET), new C2s(C2sSettings.of("c2s", List.of(SECRET))));

    assertThat(metricsByTable.get("lead_events")).contains("created", "updated", "closed", "other");
  }

  /// Every event as the server would get it: authentic, with its key, in its table; repeats only of
  /// what came before.
  private void play(Provider provider, Source source) {
    Traffic traffic = provider.traffic(new Random(11), InstantSource.fixed(NOW));
    var sender =
        new Sender(source.name(), java.net.URI.create(BASE + "/in"), BASE + "/in", provider);
    Map<String, SimulatedEvent> known = new HashMap<>();
    Set<String> ended = new HashSet<>();
    for (int i = 0; i < EVENTS; i++) {
      SimulatedEvent event = traffic.next();
      SimulatedEvent earlier = known.putIfAbsent(event.key(), event);
      assertThat(event.repeat()).isEqualTo(earlier != null);
      SourceEvent received = received(sender, source, event);
      assertThat(received.eventKey()).isEqualTo(event.key());
      Decoding decoding = source.decode(received, NOW);
      assertThat(tableOf(decoding)).as(event.body().utf8()).isEqualTo(event.table());
      note(decoding, ended);
    }
  }

  private static SourceEvent received(Sender sender, Source source, SimulatedEvent event) {
    Signed signed = sender.sign(event, NOW);
    String target = sender.target(signed);
    int question = target.indexOf('?');
    var delivery =
        new Delivery(
            question < 0 ? target : target.substring(0, question),
            question < 0 ? "" : target.substring(question + 1),
            signed.headers(),
            event.body(),
            NOW);
    assertThat(source.verify(delivery))
        .as(event.body().utf8())
        .isInstanceOf(Verification.Verified.class);
    return source.split(delivery).getFirst();
  }

  private void note(Decoding decoding, Set<String> ended) {
    metricsByTable
        .computeIfAbsent(tableOf(decoding), _ -> new HashSet<>())
        .add(decoding instanceof Decoding.Understood(Row row) ? metric(row) : "");
    if (decoding instanceof Decoding.Understood(Row row) && row.value("delivery_id") != null) {
      String message = String.valueOf(row.value("delivery_id"));
      outOfOrder += metric(row).equals("sent") && ended.contains(message) ? 1 : 0;
      if (Set.of("delivered", "undelivered").contains(metric(row))) {
        ended.add(message);
      }
    }
  }

  private static String metric(Row row) {
    return String.valueOf(row.value("metric"));
  }

  private static String tableOf(Decoding decoding) {
    return switch (decoding) {
      case Decoding.Understood understood -> understood.row().table().name();
      case Decoding.NotUnderstood _ -> "quarantine";
    };
  }
}
