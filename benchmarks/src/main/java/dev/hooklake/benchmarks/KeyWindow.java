package dev.hooklake.benchmarks;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalFiles;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.journal.index.KeyIndex;
import dev.hooklake.journal.index.KeyTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/// A journal whose duplicate window already knows the keys of [SignedRequests] of the run `window`,
/// spread evenly over the last eight days, built and merged by the journal's own index.
record KeyWindow(Path journal, long keys) {
  static final String RUN = "window";

  private static final int DAYS = 8;
  private static final int KEYS_OF_TABLE = 500_000;

  void build() throws IOException {
    InstantSource clock = InstantSource.system();
    UUID id = openOnce(clock);
    Disk disk = new FileDisk();
    try (KeyIndex index = KeyIndex.open(disk, journal, id, Duration.ofDays(DAYS))) {
      long first = 1;
      while (first <= keys) {
        long last = Math.min(keys, first + KEYS_OF_TABLE - 1);
        index.build(table(first, last, clock.instant()), first, last);
        first = last + 1;
        mergeAll(index);
      }
    }
    new JournalFiles(journal, disk).skipTo(keys + 1, clock);
    openOnce(clock);
    try (KeyIndex index = KeyIndex.open(disk, journal, id, Duration.ofDays(DAYS))) {
      mergeAll(index);
    }
  }

  private UUID openOnce(InstantSource clock) throws IOException {
    JournalSettings settings = JournalSettings.of(journal, 10L << 30, Set.of("lake"));
    try (EmbeddedJournal opened = EmbeddedJournal.open(settings, new FileDisk(), clock)) {
      return opened.id();
    }
  }

  private KeyTable table(long first, long last, Instant now) {
    long day = DAYS - 1 - (first - 1) * DAYS / keys;
    long millis = now.minus(Duration.ofDays(day)).toEpochMilli();
    KeyTable table = new KeyTable();
    for (long number = first; number <= last; number++) {
      EventKey key = EventKey.of("customerio", SignedRequests.eventId(RUN, number));
      table.add(key.high(), key.low(), millis);
    }
    return table;
  }

  private static void mergeAll(KeyIndex index) throws IOException {
    boolean more = true;
    while (more) {
      more = index.merge(() -> false);
    }
  }
}
