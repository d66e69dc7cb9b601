package dev.hooklake.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for the audit on either engine.
@ParameterizedClass
@EnumSource(TestDatabase.class)
final class AuditTest {
  private static final Caller ANA = new Caller("ana@example.com", Role.OPERATOR);

  @Parameter private TestDatabase engine;
  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();
  private OperationsDatabase database;
  private Audit audit;

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(engine.empty(directory));
    audit = new Audit(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void entriesComeBackNewestFirstAndWhole() {
    audit.record(ANA, "event.revealed", "customerio/abc", "");
    clock.advance(Duration.ofSeconds(1));
    audit.record(ANA, "replay", "quarantine", "2 events");

    List<AuditEntry> entries = audit.list(Audit.NEWEST, "", 10);

    assertThat(entries).extracting(AuditEntry::action).containsExactly("replay", "event.revealed");
    assertThat(entries.getFirst())
        .satisfies(entry -> {
          assertThat(entry.at()).isEqualTo(clock.instant());
          assertThat(entry.actor()).isEqualTo("ana@example.com");
          assertThat(entry.role()).isEqualTo(Role.OPERATOR);
          assertThat(entry.target()).isEqualTo("quarantine");
          assertThat(entry.detail()).isEqualTo("2 events");
        });
  }

  /// Who did what and when stays.
  @Test
  void whatIsAPersonsOrNamesThemIsHidden() throws Exception {
    audit.record(ANA, "event.revealed", "customerio/abc", "");
    audit.record(ANA, "event.revealed", "customerio/xyz", "");
    audit.record(ANA, "sql", "", "SELECT 1 -- for vera%40example.org");
    audit.record(ANA, "sql", "", "SELECT 2");
    var vera = new Person(Set.of("vera@example.org"), Set.of(), Set.of(), Set.of(), Set.of());
    var rows = new PersonRows(Set.of(new Replacement.Key("customerio", "abc")), Set.of());

    assertThat(new AuditedDeeds(database).erase(vera, rows)).isEqualTo(2);

    assertThat(audit.list(Audit.NEWEST, "event.revealed", 10))
        .extracting(AuditEntry::target)
        .containsExactlyInAnyOrder("•••", "customerio/xyz");
    assertThat(audit.list(Audit.NEWEST, "sql", 10))
        .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo(ANA.name()))
        .extracting(AuditEntry::detail)
        .containsExactlyInAnyOrder("•••", "SELECT 2");
    assertThat(new AuditedDeeds(database).erase(vera, rows)).isZero();
  }

  @Test
  void pagesGoOnBehindTheLastEntrySeen() {
    for (int i = 0; i < 5; i++) {
      audit.record(ANA, "sql", "", "question " + i);
      clock.advance(Duration.ofMillis(1));
    }
    List<AuditEntry> first = audit.list(Audit.NEWEST, "sql", 2);
    List<AuditEntry> second = audit.list(first.getLast().id(), "sql", 10);

    assertThat(first).extracting(AuditEntry::detail).containsExactly("question 4", "question 3");
    assertThat(second)
        .extracting(AuditEntry::detail)
        .containsExactly("question 2", "question 1", "question 0");
    assertThat(audit.list(Audit.NEWEST, "replay", 10)).isEmpty();
  }

  @Test
  void whatIsOnlySetGoingIsNotDone() {
    try (Audit.Begun begun = audit.begin(ANA, "person.erased", "", "")) {
      begun.accepted(true);
    }
    assertThat(newest()).isEqualTo(AuditOutcome.BEGUN);
    clock.advance(Duration.ofSeconds(1));
    try (Audit.Begun begun = audit.begin(ANA, "backfill", "customerio", "")) {
      assertThat(begun.setGoing(() -> "a job")).isEqualTo("a job");
    }
    assertThat(newest()).isEqualTo(AuditOutcome.BEGUN);
    clock.advance(Duration.ofSeconds(1));
    try (Audit.Begun begun = audit.begin(ANA, "replay", "", "")) {
      begun.accepted(false);
    }
    assertThat(newest()).isEqualTo(AuditOutcome.REFUSED);
  }

  private AuditOutcome newest() {
    return audit.list(Audit.NEWEST, "", 1).getFirst().outcome();
  }

  @Test
  void aVeryLongTextIsShortened() {
    audit.record(ANA, "sql", "", "x".repeat(100_000));

    assertThat(audit.list(Audit.NEWEST, "", 1).getFirst().detail()).hasSizeLessThan(2100);
  }
}
