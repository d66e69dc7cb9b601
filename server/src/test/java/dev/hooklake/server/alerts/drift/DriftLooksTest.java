package dev.hooklake.server.alerts.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.alerts.LandedEvents;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
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

  @Test
  void theExampleOfAPersonIsForgottenAndWhatItShowsStays() throws Exception {
    try (var database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
        var landed = new LandedEvents(directory.resolve("lake"))) {
      Drift drift = drift(landed, database);
      landed.email(START, "opened", "");
      landed.email(START, "clicked", "");
      landed.land();
      drift.look(after(6));
      DriftEntry opened =
          drift.all().stream()
              .filter(entry -> entry.name().equals(OPENED))
              .findFirst()
              .orElseThrow();
      var theirs = Set.of(new Replacement.Key(opened.source(), opened.eventKey()));
      var vera = new Person(Set.of("vera@example.org"), Set.of(), Set.of(), Set.of(), Set.of());

      assertThat(new DriftExamples(database).erase(vera, new PersonRows(theirs, Set.of())))
          .isPositive();

      assertThat(events(drift)).isEqualTo(1);
      assertThat(drift.all()).extracting(DriftEntry::eventKey).doesNotContain(opened.eventKey());
      assertThat(drift.all()).extracting(DriftEntry::eventKey).anyMatch(key -> !key.isEmpty());
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
