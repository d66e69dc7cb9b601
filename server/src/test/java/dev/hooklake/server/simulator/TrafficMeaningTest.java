package dev.hooklake.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrafficMeaningTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Secret SECRET = Secret.of("a test key");

  private final CustomerIo source =
      new CustomerIo(CustomerIoSettings.of("customerio", List.of(SECRET)));
  private final CustomerIoSigner signer = new CustomerIoSigner(SECRET);

  @Test
  void everyEventIsAuthenticHasItsKeyAndEndsInItsTable() {
    var traffic = new Traffic(new Random(11), InstantSource.fixed(NOW));
    for (int i = 0; i < 20_000; i++) {
      SimulatedEvent event = traffic.next();
      var delivery =
          new Delivery(
              "/webhook/customerio", "", signer.sign(event.body(), NOW), event.body(), NOW);
      assertThat(source.verify(delivery)).isInstanceOf(Verification.Verified.class);
      SourceEvent split = source.split(delivery).getFirst();
      assertThat(split.eventKey()).isEqualTo(event.key());
      assertThat(tableOf(source.decode(split, NOW)))
          .as(event.body().utf8())
          .isEqualTo(event.table());
    }
  }

  private static String tableOf(Decoding decoding) {
    return switch (decoding) {
      case Decoding.Understood understood -> understood.row().table().name();
      case Decoding.NotUnderstood _ -> "quarantine";
    };
  }
}
