package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.disk.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerTest {

  private final JournalFixture fixture = new JournalFixture(1);

  @BeforeEach
  void twoConsumers() {
    fixture.settings =
        JournalFixture.settings(64L * JournalFixture.SEGMENT_BYTES, Set.of("lake", "tracking"));
  }

  private static void fill(Journal journal, int records) throws Exception {
    long last = journal.status().lastSequence();
    for (int i = 1; i <= records; i++) {
      append(journal, "key " + (last + i));
    }
  }

  private static List<Long> sequences(List<JournalRecord> records) {
    return records.stream().map(JournalRecord::sequence).toList();
  }

  @Test
  void eachConsumerReadsAtItsOwnPace() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 10);
      JournalConsumer lake = journal.consumer("lake", 0);
      JournalConsumer tracking = journal.consumer("tracking", 7);
      assertThat(sequences(lake.read(2, 999, Duration.ZERO))).containsExactly(1L, 2L);
      assertThat(sequences(tracking.read(99, 9999, Duration.ZERO))).containsExactly(8L, 9L, 10L);
      assertThat(sequences(lake.read(2, 999, Duration.ZERO))).containsExactly(3L, 4L);
      assertThat(tracking.read(99, 9999, Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void aReadEndsAtTheBytesAskedForButGivesAtLeastOneRecord() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 10);
      JournalConsumer lake = journal.consumer("lake", 0);
      assertThat(lake.read(99, 1, Duration.ZERO)).hasSize(1);
      assertThat(lake.read(99, 40, Duration.ZERO)).hasSize(3);
    }
  }

  @Test
  void aWaitingReadWakesWhenSomethingIsSynced() throws Exception {
    try (Journal journal = fixture.openWithThreads();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JournalConsumer lake = journal.consumer("lake", 0);
      Future<List<JournalRecord>> read =
          threads.submit(() -> lake.read(99, 999, Duration.ofMinutes(1)));
      append(journal, "a");
      assertThat(sequences(read.get())).containsExactly(1L);
    }
  }

  @Test
  void closingEndsAWaitingRead() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Journal journal = fixture.openWithThreads();
      JournalConsumer lake = journal.consumer("lake", 0);
      Future<List<JournalRecord>> read =
          threads.submit(() -> lake.read(99, 999, Duration.ofMinutes(1)));
      journal.close();
      assertThat(read.get()).isEmpty();
    }
  }

  @Test
  void seekGoesBackAndForth() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 200);
      JournalConsumer lake = journal.consumer("lake", 0);
      lake.seek(150);
      assertThat(sequences(lake.read(1, 1, Duration.ZERO))).containsExactly(151L);
      lake.seek(3);
      assertThat(sequences(lake.read(1, 1, Duration.ZERO))).containsExactly(4L);
    }
  }

  @Test
  void nothingIsReleasedBeforeAllConsumersHavePassedIt() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 200);
      journal.consumer("lake", 0).passed(200);
      fill(journal, 1);
      assertThat(journal.status().firstSequence()).isEqualTo(1);

      journal.consumer("tracking", 0).passed(100);
      fill(journal, 1);
      assertThat(journal.status().firstSequence()).isBetween(50L, 101L);
      assertThat(journal.status().consumerPositions())
          .containsEntry("lake", 200L)
          .containsEntry("tracking", 100L);
    }
  }

  @Test
  void whatAReaderIsInTheMiddleOfStaysReadable() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 200);
      JournalConsumer lake = journal.consumer("lake", 0);
      lake.read(10, 9999, Duration.ZERO);
      lake.passed(200);
      journal.consumer("tracking", 200);
      fill(journal, 1);
      assertThat(sequences(lake.read(1, 1, Duration.ZERO))).containsExactly(11L);
    }
  }

  @Test
  void aConsumerThatWantsWhatHasBeenReleasedIsToldSo() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 200);
      journal.consumer("lake", 200);
      journal.consumer("tracking", 200);
      fill(journal, 1);
      assertThatThrownBy(() -> journal.consumer("lake", 5))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("goes on after record 5")
          .hasMessageContaining("has been released");
    }
  }

  @Test
  void aConsumerAheadOfTheJournalIsToldSo() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 3);
      assertThatThrownBy(() -> journal.consumer("lake", 4))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("goes on after record 4, but the journal ends at 3");
    }
  }

  @Test
  void anUnknownConsumerIsTheCallersMistake() throws Exception {
    try (Journal journal = fixture.open()) {
      assertThatThrownBy(() -> journal.consumer("nobody", 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[lake, tracking]");
    }
  }

  @Test
  void aReadErrorIsPassedOnAndTheNextReadGoesOnWhereItWas() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 3);
      JournalConsumer lake = journal.consumer("lake", 0);
      fixture.disk.faults((operation, file) -> {
        throw new IOException("injected: read failed");
      });
      assertThatThrownBy(() -> lake.read(9, 999, Duration.ZERO)).isInstanceOf(IOException.class);
      fixture.disk.faults(Faults.NONE);
      assertThat(sequences(lake.read(9, 999, Duration.ZERO))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void aRecordIsFoundByItsKey() throws Exception {
    try (Journal journal = fixture.open()) {
      fill(journal, 200);
      EventKey key = EventKey.of("test", "key 150");
      assertThat(journal.find(key, 0)).map(JournalRecord::sequence).contains(150L);
      assertThat(journal.find(key, 149)).map(JournalRecord::sequence).contains(150L);
      assertThat(journal.find(key, 150)).isEmpty();
      assertThat(journal.find(EventKey.of("test", "key 999"), 0)).isEmpty();
    }
  }
}
