package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.forwarding.ForwardingSettings.Breaking;
import dev.hooklake.server.forwarding.ForwardingSettings.Limits;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.sources.signature.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What waits for a destination that was taken out of the settings.
class UnknownDestinationTest {
  @TempDir Path directory;
  private final ManualClock clock = new ManualClock();

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void itBecomesADeadLetterInTheEndAndCanBeReplayed(TestDatabase engine) throws Exception {
    ForwardingSettings settings = settings();
    try (var database = OperationsDatabase.open(engine.empty(directory));
        var couriers =
            Couriers.start(
                settings,
                new Couriers.Ground(database, new UUID(0, 7), new SimpleMeterRegistry(), clock))) {
      var forwarding =
          new Forwarding(
              (_, _) -> {
                throw new AssertionError("nothing comes");
              },
              settings,
              couriers.backlogs());
      queue(database);
      forwarding.tidy(database, clock.instant());
      assertThat(couriers.deadLetters().list("", 10)).isEmpty();

      clock.advance(Patience.DEFAULT.giveUpAfter().plusSeconds(1));
      forwarding.tidy(database, clock.instant());

      assertThat(couriers.deadLetters().list("crm", 10))
          .extracting(DeadLetter::reason)
          .containsExactly("the destination is not in the settings any more");
      assertThat(couriers.deadLetters().replay("crm", "")).isEqualTo(1);
      assertThat(couriers.deadLetters().list("", 10)).isEmpty();
    }
  }

  private void queue(OperationsDatabase database) {
    database.change(handle ->
        handle.execute(
            "INSERT INTO forwards (destination, webhook_id, source, event_key, body, position, state,"
                + " attempts, queued_at, next_attempt_at) VALUES ('crm', 's:1', 's', '1', '{}', 1,"
                + " 'waiting', 0, ?, ?)",
            EpochMicros.of(clock.instant()),
            EpochMicros.of(clock.instant())));
  }

  private static ForwardingSettings settings() {
    var other =
        new Destination(
            "billing",
            URI.create("https://hooks.example/in"),
            List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            EventChoice.ALL,
            null,
            false);
    return new ForwardingSettings(
        List.of(other), Patience.DEFAULT, Limits.DEFAULT, Breaking.DEFAULT);
  }
}
