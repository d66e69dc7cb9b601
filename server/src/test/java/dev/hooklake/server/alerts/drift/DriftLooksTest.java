package dev.hooklake.server.alerts.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.alerts.LandedEvents;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks one after the other, and by two servers.
final class DriftLooksTest {
  private static final Instant START = Instant.parse("2026-02-03T09:00:00Z");
  private static final String OPENED = "email opened";

  @TempDir private Path directory;

  @Test
  void eachEventIsCountedOnceWhoeverLooksAndWhenever() throws Exception {
    try (var database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
        var landed = new LandedEvents(directory.resolve("lake"))) {
      Drift drift = drift(landed, database);
      landed.email(START, "opened", "");
      landed.land();

      drift.look(START.plusSeconds(30));
      assertThat(events(drift)).as("what has just arrived waits").isZero();
      drift.look(after(6));
      assertThat(events(drift)).isEqualTo(1);
      drift.look(after(12));
      drift(landed, database).look(after(13));
      assertThat(events(drift)).isEqualTo(1);

      landed.email(after(14), "opened", "");
      landed.land();
      drift.look(after(20));
      assertThat(events(drift)).isEqualTo(2);
    }
  }

  private static Drift drift(LandedEvents landed, OperationsDatabase database) {
    return new Drift(landed.questions(), database, "the lake", () -> Duration.ZERO);
  }

  private static Instant after(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static long events(Drift drift) {
    return drift.all().stream()
        .filter(entry -> entry.name().equals(OPENED))
        .mapToLong(DriftEntry::events)
        .sum();
  }
}
