package dev.hooklake.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalSettingsTest {

  private static final Path DIRECTORY = Path.of("journal");

  @Test
  void aLimitBelowFourSegmentsIsRefusedWithTheLeastThatWorks() {
    assertThatThrownBy(() -> JournalSettings.of(DIRECTORY, 1000, Set.of("lake")))
        .hasMessage("the journal's limit is 1000 bytes; give at least 268435456, four segments");
  }

  @Test
  void aWindowBelowAnHourIsRefused() {
    assertThatThrownBy(() ->
            new JournalSettings(
                DIRECTORY, 1 << 20, 1 << 10, Duration.ofMinutes(1), 100, Set.of("lake")))
        .hasMessage("the journal's duplicate window is PT1M; give 1 hour to 366 days");
  }

  @Test
  void aRecordLargerThanASegmentIsRefused() {
    assertThatThrownBy(() ->
            new JournalSettings(
                DIRECTORY, 1 << 20, 1 << 10, Duration.ofDays(8), 1025, Set.of("lake")))
        .hasMessage(
            "the journal's largest record is 1025 bytes; give 1 to 1024, the size of a segment");
  }

  @Test
  void aJournalWithoutConsumersIsRefused() {
    assertThatThrownBy(() -> JournalSettings.of(DIRECTORY, 1L << 30, Set.of()))
        .hasMessage("the journal's set of consumers is empty; name at least one");
  }
}
