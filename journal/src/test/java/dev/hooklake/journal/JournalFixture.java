package dev.hooklake.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A journal on a simulated disk with a clock that stands still until it is moved.
final class JournalFixture {

  static final Path DIRECTORY = Path.of("/journal");
  static final int SEGMENT_BYTES = 4096;
  static final String LAKE = "lake";

  final SimulatedDisk disk;
  volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  final InstantSource clock = () -> now;

  /// The disk as the journal sees it.
  Disk seen;

  JournalSettings settings = settings(64 * SEGMENT_BYTES, Set.of(LAKE));

  JournalFixture(long seed) {
    disk = new SimulatedDisk(new Random(seed));
    seen = disk;
  }

  static JournalSettings settings(long limitBytes, Set<String> consumers) {
    return new JournalSettings(
        DIRECTORY, limitBytes, SEGMENT_BYTES, Duration.ofDays(8), 2048, consumers);
  }

  EmbeddedJournal open() throws IOException {
    return EmbeddedJournal.openThreadless(settings, seen, clock);
  }

  EmbeddedJournal openWithThreads() throws IOException {
    return EmbeddedJournal.open(settings, seen, clock);
  }

  static Entry entry(String key) {
    return entry(key, "payload of " + key);
  }

  static Entry entry(String key, String payload) {
    return new Entry(EventKey.of("test", key), ByteBuffer.wrap(payload.getBytes(UTF_8)));
  }

  static AppendOutcome append(Journal journal, String key) throws InterruptedException {
    return journal.append(List.of(entry(key))).getFirst();
  }

  /// Everything the journal holds, from the oldest on.
  static List<JournalRecord> readAll(Journal journal) throws IOException, InterruptedException {
    return readAfter(journal, 0);
  }

  static List<JournalRecord> readAfter(Journal journal, long sequence)
      throws IOException, InterruptedException {
    JournalConsumer consumer = journal.consumer(LAKE, sequence);
    List<JournalRecord> all = new ArrayList<>();
    List<JournalRecord> some = consumer.read(100, 1 << 20, Duration.ZERO);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = consumer.read(100, 1 << 20, Duration.ZERO);
    }
    return all;
  }

  static List<String> payloads(List<JournalRecord> records) {
    return records.stream().map(record -> UTF_8.decode(record.payload()).toString()).toList();
  }
}
