package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.append;
import static dev.hooklake.journal.JournalFixture.payloads;
import static dev.hooklake.journal.JournalFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.AppendOutcome.Duplicate;
import dev.hooklake.journal.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDiskTest {

  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path temporary;
  private JournalSettings settings;

  @BeforeEach
  void aDirectoryTwoLevelsDeep() {
    settings = JournalSettings.of(temporary.resolve("data/journal"), 1L << 30, Set.of("lake"));
  }

  @Test
  void theJournalSurvivesClosingAndOpeningOnARealDisk() throws Exception {
    try (Journal journal = EmbeddedJournal.open(settings, new FileDisk(), CLOCK)) {
      assertThat(append(journal, "a")).isEqualTo(new Appended(1));
    }
    try (Journal journal = EmbeddedJournal.open(settings, new FileDisk(), CLOCK)) {
      assertThat(append(journal, "a")).isEqualTo(new Duplicate());
      assertThat(append(journal, "b")).isEqualTo(new Appended(2));
      assertThat(payloads(readAll(journal))).containsExactly("payload of a", "payload of b");
    }
  }

  @Test
  void aSecondJournalInTheSameDirectoryIsRefused() throws Exception {
    try (Journal first = EmbeddedJournal.open(settings, new FileDisk(), CLOCK)) {
      assertThatThrownBy(() -> EmbeddedJournal.open(settings, new FileDisk(), CLOCK))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use; stop the other Hooklake");
      assertThat(append(first, "a")).isEqualTo(new Appended(1));
    }
  }
}
