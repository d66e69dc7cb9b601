package dev.hooklake.server.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.server.fake.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a consumer starts; the journal is a real one whose segments hold a few records each.
final class JournalWithHistoryTest {
  private static final int SEGMENT_BYTES = 1 << 10;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<JournalRecord> landed = new ArrayList<>();
  private Journal journal;
  private boolean landingReadable = true;

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  @Test
  void oneThatWasNeverSeenStartsAtTheOldestRecordHeld() throws Exception {
    open("lake");
    fill(100);
    passByTheLake();
    fill(5);
    open("lake", "late");
    long first = journal.status().firstSequence();

    assertThat(first).isGreaterThan(1);
    assertThat(readAll(journal.consumer("late", 0)).getFirst()).isEqualTo(first);
  }

  @Test
  void whileItIsOffTheJournalDoesNotWaitForIt() throws Exception {
    open("lake", "late");
    journal.consumer("late", 0).passed(10);
    open("lake");
    fill(100);
    passByTheLake();

    assertThat(journal.status().firstSequence()).isGreaterThan(11);
  }

  @Test
  void whenItComesBackItReadsWhatItMissedFromLandingAndThenTheJournal() throws Exception {
    open("lake");
    fill(3_000);
    passByTheLake();
    open("lake", "late");

    assertThat(readAll(journal.consumer("late", 10)))
        .containsExactlyElementsOf(LongStream.rangeClosed(11, 3_000).boxed().toList());
    assertThat(count("hooklake.consumer.missed.records")).isZero();
  }

  @Test
  void theJournalWaitsAgainAsSoonAsItIsBack() throws Exception {
    open("lake");
    fill(100);
    passByTheLake();
    open("lake", "late");
    long first = journal.status().firstSequence();
    JournalConsumer late = journal.consumer("late", 10);
    fill(100);
    passByTheLake();
    assertThat(journal.status().firstSequence()).isEqualTo(first);

    late.read(10, 1 << 20, Duration.ZERO);
    late.passed(20);
    assertThat(journal.status().firstSequence()).isEqualTo(first);
    late.passed(200);
    fill(1);
    assertThat(journal.status().firstSequence()).isGreaterThan(first);
  }

  @Test
  void whatLandingLacksTooIsCounted() throws Exception {
    open("lake");
    fill(100);
    passByTheLake();
    open("lake", "late");
    landed.removeIf(record -> record.sequence() == 12 || record.sequence() == 13);

    assertThat(readAll(journal.consumer("late", 10))).startsWith(11L, 14L).endsWith(100L);
    assertThat(count("hooklake.consumer.missed.records")).isEqualTo(2);
  }

  @Test
  void whenLandingCannotBeReadTheNextAttemptGoesOnAtTheSamePlace() throws Exception {
    open("lake");
    fill(100);
    passByTheLake();
    open("lake", "late");
    JournalConsumer late = journal.consumer("late", 10);
    landingReadable = false;
    assertThatThrownBy(() -> late.read(5, 1 << 20, Duration.ZERO)).isInstanceOf(IOException.class);
    landingReadable = true;

    assertThat(late.read(5, 1 << 20, Duration.ZERO).getFirst().sequence()).isEqualTo(11);
    late.seek(50);
    assertThat(late.read(5, 1 << 20, Duration.ZERO).getFirst().sequence()).isEqualTo(51);
  }

  private void open(String... consumers) throws IOException {
    if (journal != null) {
      journal.close();
    }
    var settings =
        new JournalSettings(
            folder,
            1 << 30,
            SEGMENT_BYTES,
            Duration.ofHours(1),
            SEGMENT_BYTES / 2,
            Set.of(consumers));
    journal =
        new JournalWithHistory(
            EmbeddedJournal.openThreadless(settings, new FileDisk(), clock),
            this::landed,
            registry);
  }

  private List<JournalRecord> landed(long after, long through) throws IOException {
    if (!landingReadable) {
      throw new IOException("injected: no route to the lake");
    }
    return landed.stream()
        .filter(record -> record.sequence() > after && record.sequence() <= through)
        .toList();
  }

  private void fill(int records) throws InterruptedException {
    long last = journal.status().lastSequence();
    journal.append(
        IntStream.rangeClosed(1, records)
            .mapToObj(i -> new Entry(EventKey.of("s", "k" + (last + i)), ByteBuffer.allocate(100)))
            .toList());
  }

  /// What the lake has passed has landed.
  private void passByTheLake() throws Exception {
    JournalConsumer lake =
        journal.consumer("lake", Math.max(0, journal.status().firstSequence() - 1));
    List<JournalRecord> records = lake.read(10_000, 1 << 30, Duration.ZERO);
    landed.addAll(records.stream().filter(record -> !landed.contains(record)).toList());
    lake.passed(journal.status().lastSequence());
    // Housekeeping is done in the next call.
    journal.append(List.of());
  }

  private List<Long> readAll(JournalConsumer consumer) throws Exception {
    var sequences = new ArrayList<Long>();
    List<JournalRecord> records = consumer.read(700, 1 << 20, Duration.ZERO);
    while (!records.isEmpty()) {
      records.forEach(record -> sequences.add(record.sequence()));
      records = consumer.read(700, 1 << 20, Duration.ZERO);
    }
    return sequences;
  }

  private double count(String meter) {
    return registry.get(meter).tag("consumer", "late").counter().count();
  }
}
