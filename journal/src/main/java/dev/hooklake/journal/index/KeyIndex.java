package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which keys are known: every key for at least the duplicate window, and then until later keys
/// have come on as many different days and one more. So a clock that leaps forward, or is wrong
/// while the machine starts, forgets nothing, and a server with traffic every day keeps a key for
/// the window and the rest of its day.
///
/// ```
/// open table ── segment full ──▶ waiting tables ── build ──▶ runs ── merge ──▶ one run a day
/// ```
///
/// The writer looks up and adds; the keeper builds, merges and drops. What both touch is guarded by
/// this object's monitor, held for a look-up or a change of the lists, never while a file is being
/// written. Those who build take turns on `building`, for one table at a time, so that a writer who
/// must help is never kept for long; merging and dropping, which may take minutes, on `tidying`.
public final class KeyIndex implements Closeable {

  private final Disk disk;
  private final Path directory;
  private final UUID journal;
  private final long windowMillis;
  private final Object building = new Object();
  private final Object tidying = new Object();

  private KeyTable open = new KeyTable();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /// In the order of their records.
  private final List<KeyRun> runs;

  private KeyIndex(Disk disk, Path directory, UUID journal, Duration window, List<KeyRun> runs) {
    this.disk = disk;
    this.directory = directory;
    this.journal = journal;
    this.windowMillis = window.toMillis();
    this.runs = new ArrayList<>(runs);
  }

  public static KeyIndex open(Disk disk, Path directory, UUID journal, Duration window)
      throws IOException {
    return new KeyIndex(disk, directory, journal, window, RunFiles.open(disk, directory, journal));
  }

  public synchronized boolean contains(long high, long low) throws IOException {
    if (open.contains(high, low)) {
      return true;
    }
    for (Waiting table : waiting) {
      if (table.keys.contains(high, low)) {
        return true;
      }
    }
    for (KeyRun run : runs.reversed()) {
      if (run.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  public synchronized void add(long high, long low, long appendedAtMillis) {
    open.add(high, low, appendedAtMillis);
  }

  /// Says that the keys added since the last time are those of a segment that is now full.
  public synchronized void closeTable(long firstSequence, long lastSequence) {
    waiting.add(Waiting.of(open, firstSequence, lastSequence));
    open = new KeyTable();
  }

  public synchronized int waitingTables() {
    return waiting.size();
  }

  /// Writes the oldest waiting table to a run file; false when none waits.
  public boolean build() throws IOException {
    synchronized (building) {
      Waiting oldest = oldestWaiting();
      if (oldest == null) {
        return false;
      }
      KeyRun run = write(oldest);
      synchronized (this) {
        insert(run);
        waiting.remove();
      }
      return true;
    }
  }

  /// Adds a run for a segment found at start that has none.
  public void build(KeyTable keys, long firstSequence, long lastSequence) throws IOException {
    synchronized (building) {
      KeyRun run = write(Waiting.of(keys, firstSequence, lastSequence));
      synchronized (this) {
        insert(run);
      }
    }
  }

  private synchronized @Nullable Waiting oldestWaiting() {
    return waiting.peek();
  }

  private KeyRun write(Waiting table) throws IOException {
    long[] pairs = table.keys.sorted();
    try (RunFile out = new RunFile(disk, directory, table.span, table.keys.size())) {
      for (int i = 0; i < pairs.length; i += 2) {
        out.add(pairs[i], pairs[i + 1]);
      }
      return out.finish(journal, 0);
    }
  }

  private void insert(KeyRun run) {
    int at = runs.size();
    while (at > 0 && runs.get(at - 1).span().firstSequence() > run.span().firstSequence()) {
      at--;
    }
    runs.add(at, run);
  }

  /// Merges some runs, and builds the tables that come to wait meanwhile; false when nothing is to
  /// merge, or when told to stop.
  public boolean merge(BooleanSupplier cancelled) throws IOException {
    synchronized (tidying) {
      List<KeyRun> parts = MergePlan.next(runs());
      if (parts.isEmpty()) {
        return false;
      }
      KeyRun merged =
          new RunMerge(disk, directory, () -> buildAll() && !cancelled.getAsBoolean()).merge(parts);
      if (merged == null) {
        return false;
      }
      synchronized (this) {
        runs.set(runs.indexOf(parts.getFirst()), merged);
        runs.removeAll(parts);
      }
      // A part that spans all others gave the merged run its name: that file is no part any more.
      delete(parts, merged.path());
      return true;
    }
  }

  private boolean buildAll() throws IOException {
    boolean more = true;
    while (more) {
      more = build();
    }
    return true;
  }

  /// Drops the runs that the clock calls old and the days of later keys do too, and whose records
  /// are gone, so that the next start need not read those records again.
  public void dropOld(long nowMillis, long firstSequenceHeld) throws IOException {
    synchronized (tidying) {
      List<KeyRun> old = new ArrayList<>(outlived());
      old.removeIf(run ->
          run.span().newestMillis() >= nowMillis - windowMillis
              || run.span().lastSequence() >= firstSequenceHeld);
      synchronized (this) {
        runs.removeAll(old);
      }
      delete(old, null);
    }
  }

  /// The runs behind which keys came on more different days than the window has.
  private synchronized List<KeyRun> outlived() {
    Set<Long> laterDays = new HashSet<>();
    if (open.size() > 0) {
      laterDays.add(Span.day(open.newestMillis()));
    }
    waiting.forEach(table -> laterDays.add(table.span.generation()));
    List<KeyRun> outlived = new ArrayList<>();
    for (KeyRun run : runs.reversed()) {
      if (laterDays.size() > windowDays()) {
        outlived.add(run);
      }
      laterDays.add(run.span().generation());
    }
    return outlived;
  }

  private long windowDays() {
    return Math.ceilDiv(windowMillis, Span.DAY_MILLIS);
  }

  private void delete(List<KeyRun> gone, @Nullable Path kept) throws IOException {
    RunFiles.closeAll(gone);
    for (KeyRun run : gone) {
      if (!run.path().equals(kept)) {
        disk.delete(run.path());
      }
    }
  }

  private synchronized List<KeyRun> runs() {
    return List.copyOf(runs);
  }

  /// Whether the keys of all these records are in run files, so that the records may go.
  public synchronized boolean covers(long firstSequence, long lastSequence) {
    return runs.stream().anyMatch(run -> run.span().covers(firstSequence, lastSequence));
  }

  public synchronized long knownKeys() {
    long known = open.size();
    for (Waiting table : waiting) {
      known += table.keys.size();
    }
    for (KeyRun run : runs) {
      known += run.footer().keys();
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    synchronized (tidying) {
      synchronized (building) {
        RunFiles.closeAll(runs());
      }
    }
  }

  /// A full table on its way into a run file.
  private record Waiting(KeyTable keys, Span span) {

    static Waiting of(KeyTable keys, long firstSequence, long lastSequence) {
      return new Waiting(
          keys, new Span(firstSequence, lastSequence, keys.oldestMillis(), keys.newestMillis()));
    }
  }
}
