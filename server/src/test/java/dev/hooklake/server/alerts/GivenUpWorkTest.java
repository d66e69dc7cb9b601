package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.Measurements.GivenUp;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What forwarding and sinks gave up.
final class GivenUpWorkTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant SINCE = NOW.minus(Duration.ofDays(1));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void deadLettersAndRejectsOfTheLastDayCountByWhomTheyWereFor(TestDatabase engine)
      throws Exception {
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(folder))) {
      database.change(handle -> {
        forward(handle, "crm", "e1", "dead", NOW);
        forward(handle, "crm", "e2", "dead", NOW.minusSeconds(60));
        forward(handle, "crm", "e3", "dead", SINCE);
        forward(handle, "hub", "e1", "waiting", NOW.plusSeconds(60));
        reject(handle, "warehouse", "e1", NOW);
        reject(handle, "warehouse", "e2", SINCE);
      });

      assertThat(new GivenUpWork(database).since(SINCE))
          .containsExactlyInAnyOrder(
              new GivenUp("forwarding to crm", 2), new GivenUp("sink warehouse", 1));
    }
  }

  private static void forward(
      Handle handle, String destination, String id, String state, Instant next) {
    handle.execute(
        "INSERT INTO forwards (destination, webhook_id, source, event_key, body, position, state,"
            + " attempts, queued_at, next_attempt_at) VALUES (?, ?, 'a', ?, '{}', 1, ?, 1, 0, ?)",
        destination,
        id,
        id,
        state,
        EpochMicros.of(next));
  }

  private static void reject(Handle handle, String sink, String id, Instant at) {
    handle.execute(
        "INSERT INTO sink_rejects (sink, event_id, source, event_key, event, reason, rejected_at)"
            + " VALUES (?, ?, 'a', ?, '{}', 'too long', ?)",
        sink,
        id,
        id,
        EpochMicros.of(at));
  }
}
