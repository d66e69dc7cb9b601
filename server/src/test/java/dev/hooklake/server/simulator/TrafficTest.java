package dev.hooklake.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<SimulatedEvent> events(long seed, int count) {
    Traffic traffic =
        Provider.customerIo(Secret.of("a test key"))
            .traffic(new Random(seed), InstantSource.fixed(NOW));
    return Stream.generate(traffic::next).limit(count).toList();
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    assertThat(events(7, 3_000)).isEqualTo(events(7, 3_000));
  }

  @Test
  void anotherSeedGivesOtherEvents() {
    assertThat(events(7, 10)).isNotEqualTo(events(8, 10));
  }

  @Test
  void aRepeatHasTheBytesOfAnEarlierEventAndNoOtherKeyComesTwice() {
    Map<String, SimulatedEvent> first = new HashMap<>();
    int repeats = 0;
    for (SimulatedEvent event : events(1, 20_000)) {
      SimulatedEvent earlier = first.putIfAbsent(event.key(), event);
      assertThat(event.repeat()).isEqualTo(earlier != null);
      if (earlier != null) {
        assertThat(event.body()).isEqualTo(earlier.body());
        repeats++;
      }
    }
    assertThat(repeats).isBetween(120, 300);
  }

  @Test
  void everyTableGetsEvents() {
    assertThat(events(2, 30_000).stream().map(SimulatedEvent::table).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(
            "email_events",
            "push_events",
            "sms_events",
            "in_app_events",
            "whatsapp_events",
            "webhook_events",
            "slack_events",
            "customer_events",
            "quarantine");
  }

  @Test
  void everyPublishedEmailMetricOccurs() throws IOException {
    Set<String> metrics = new HashSet<>();
    for (SimulatedEvent event : events(3, 60_000)) {
      JsonNode body = JSON.readTree(event.body().unsafeBytes());
      if (body.path("object_type").asText().equals("email")) {
        metrics.add(body.path("metric").asText());
      }
    }
    assertThat(metrics)
        .contains("drafted", "attempted", "sent", "delivered", "opened", "clicked", "converted")
        .contains("bounced", "dropped", "deferred", "spammed", "unsubscribed", "undeliverable")
        .contains("snoozed");
  }

  @Test
  void nothingHappensInTheFutureAndEachStoryIsToldInOrderButForAFew() throws IOException {
    Map<String, Long> lastOfDelivery = new HashMap<>();
    int outOfOrder = 0;
    for (SimulatedEvent event : events(4, 30_000)) {
      JsonNode body = JSON.readTree(event.body().unsafeBytes());
      long timestamp = body.path("timestamp").asLong();
      assertThat(timestamp).isLessThan(NOW.getEpochSecond());
      String delivery = body.path("data").path("delivery_id").asText();
      if (!event.repeat() && !delivery.isEmpty()) {
        Long last = lastOfDelivery.put(delivery, timestamp);
        outOfOrder += last != null && timestamp < last ? 1 : 0;
      }
    }
    assertThat(outOfOrder).isBetween(20, 400);
  }

  @Test
  void everyAddressAndNumberIsReservedForExamples() throws IOException {
    for (SimulatedEvent event : events(5, 10_000)) {
      JsonNode data = JSON.readTree(event.body().unsafeBytes()).path("data");
      String recipient = data.path("recipient").asText();
      if (recipient.contains("@")) {
        assertThat(recipient).matches(".*@(example\\.(com|net|org)|(mail|post)\\.example)");
      }
      if (recipient.startsWith("+")) {
        assertThat(recipient).matches("\\+120255501\\d\\d|\\+447700900\\d{3}");
      }
    }
  }
}
