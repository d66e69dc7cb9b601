package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import org.junit.jupiter.api.Test;

final class JournalReadinessTest {
  private final MemoryJournal journal = new MemoryJournal(new ManualClock());
  private final JournalReadiness readiness = new JournalReadiness(journal);

  @Test
  void aJournalThatWritesIsReady() {
    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void aJournalThatFailedIsNot() {
    journal.failed = true;

    assertThat(readiness.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("failed"));
  }

  @Test
  void aFullJournalIsNot() {
    journal.full = true;

    assertThat(readiness.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("full"));
  }
}
