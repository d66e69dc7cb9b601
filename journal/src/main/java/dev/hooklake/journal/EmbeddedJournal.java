package dev.hooklake.journal;

import dev.hooklake.journal.AppendOutcome.Failed;
import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskLock;
import dev.hooklake.journal.index.KeyIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/// The journal on this machine's disk.
///
/// Callers queue their entries and sleep; one writer takes all that waits, writes and syncs it
/// together and wakes them ([LogWriter]). Beside it a keeper tidies up ([Keeper]). After a failed
/// write or sync it takes nothing more until it is opened again; reading goes on.
public final class EmbeddedJournal implements Journal {

  private final JournalSettings settings;
  private final Disk disk;
  private final Opened opened;
  private final ConsumerPositions positions;
  private final AppendQueue queue = new AppendQueue();
  private final SegmentRoll roll;
  private final LogWriter writer;
  private final Keeper keeper;
  private final Crew crew;
  private volatile boolean closed;

  private EmbeddedJournal(
      JournalSettings settings,
      JournalDirectory directory,
      InstantSource clock,
      Opened opened,
      Function<Crew.Work, Crew> hire)
      throws IOException {
    this.settings = settings;
    this.disk = directory.disk();
    this.opened = opened;
    opened.reserve().restore();
    this.positions = new ConsumerPositions(settings.consumers());
    this.roll = new SegmentRoll(directory, settings, opened);
    this.writer = new LogWriter(settings, clock, opened, roll);
    this.keeper = new Keeper(directory, opened, positions, clock);
    this.crew = hire.apply(new Housework());
  }

  /// Opens the journal in the settings' directory, made when missing.
  ///
  /// @throws JournalDamagedException when something acknowledged cannot be read back
  public static EmbeddedJournal open(JournalSettings settings, Disk disk, InstantSource clock)
      throws IOException {
    return open(settings, disk, clock, work -> new ThreadCrew(work).start());
  }

  /// Opens a journal without threads of its own, to be used by one thread: what is due is done in
  /// the calls, in the same order every time. For simulations.
  public static EmbeddedJournal openThreadless(
      JournalSettings settings, Disk disk, InstantSource clock) throws IOException {
    return open(settings, disk, clock, CallerCrew::new);
  }

  private static EmbeddedJournal open(
      JournalSettings settings, Disk disk, InstantSource clock, Function<Crew.Work, Crew> hire)
      throws IOException {
    JournalDirectory directory = new JournalDirectory(disk, settings.directory());
    Opened opened = new Opening(settings, directory, clock).open();
    try {
      return new EmbeddedJournal(settings, directory, clock, opened, hire);
    } catch (IOException | RuntimeException e) {
      opened.giveUp();
      throw e;
    }
  }

  @Override
  public UUID id() {
    return opened.id();
  }

  /// What opening found.
  public RecoveryReport recovery() {
    return opened.report();
  }

  @Override
  public List<AppendOutcome> append(List<Entry> entries) throws InterruptedException {
    entries.forEach(this::checkSize);
    queue.enter();
    try {
      PendingAppend append = new PendingAppend(entries);
      return queue.offer(append, crew::callWriter)
          ? append.await()
          : Collections.nCopies(entries.size(), new Failed("the journal is closed"));
    } finally {
      queue.leave();
    }
  }

  private void checkSize(Entry entry) {
    if (entry.payload().remaining() > settings.maxRecordBytes()) {
      throw new IllegalArgumentException(
          "a payload has "
              + entry.payload().remaining()
              + " bytes; the journal takes at most "
              + settings.maxRecordBytes());
    }
  }

  @Override
  public JournalConsumer consumer(String name, long afterSequence) throws IOException {
    LogCursor cursor = cursor(name, afterSequence);
    passed(name, afterSequence);
    return new SegmentConsumer(name, this, cursor);
  }

  LogCursor cursor(String consumer, long afterSequence) throws IOException {
    long first = opened.segments().first().firstSequence();
    if (afterSequence > 0 && afterSequence < first - 1) {
      throw new IOException(
          "consumer %s goes on after record %d, but the journal holds nothing before %d: what lies between has been released; derive it again from the landing table"
              .formatted(consumer, afterSequence, first));
    }
    if (afterSequence > opened.synced().sequence()) {
      throw new IOException(
          "consumer %s goes on after record %d, but the journal ends at %d: this is not the journal it has read, or its end is lost; see `hooklake journal repair --next-sequence`"
              .formatted(consumer, afterSequence, opened.synced().sequence()));
    }
    return new LogCursor(disk, opened.segments(), Math.max(afterSequence, first - 1));
  }

  boolean awaitAfter(long sequence, Duration wait) throws InterruptedException {
    return opened.synced().awaitAfter(sequence, wait);
  }

  void passed(String consumer, long sequence) {
    positions.pass(consumer, sequence);
    if (keeper.dueAt(positions.passedByAll())) {
      crew.callKeeper();
    }
  }

  @Override
  public Optional<JournalRecord> find(EventKey key, long afterSequence) throws IOException {
    return new KeySearch(disk, opened.segments()).find(key, afterSequence);
  }

  /// Overwrites the payload of every record held that matches, on disk, with zeros; sequences and
  /// keys stay. Consumers get such a record as [JournalRecord#erased], also those that are behind.
  /// Records appended after the call began are not looked at.
  ///
  /// A crash leaves each segment whole, as it was or as it is to be; the same call mends the rest.
  ///
  /// @throws IOException when the segment under way cannot be sealed, and so could not be erased
  public Erased erase(Predicate<JournalRecord> goes) throws IOException, InterruptedException {
    long last = opened.synced().sequence();
    roll.ask();
    append(List.of());
    String failure = closed ? "the journal is closed" : writer.failure();
    if (failure != null) {
      throw new IOException(failure + "; restart, then erase again");
    }
    if (opened.segments().last().firstSequence() <= last) {
      throw new IOException(
          "the journal's newest records cannot be erased: the disk has no room for the next"
              + " segment. Nothing was erased; make room, then erase again");
    }
    return keeper.erase(goes);
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(
        !closed && writer.failure() == null,
        writer.full(),
        opened.segments().first().firstSequence(),
        opened.synced().sequence(),
        positions.all(),
        opened.segments().bytes(),
        settings.limitBytes(),
        opened.segments().count(),
        opened.index().knownKeys(),
        keeper.lastError());
  }

  @Override
  @SuppressWarnings("try") // lock and index are only closed here, after the writer
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    crew.dismiss();
    try (DiskLock lock = opened.lock();
        KeyIndex index = opened.index();
        LogWriter last = writer) {
      // Callers that came in while the threads were leaving.
      last.commit(queue.close());
    } finally {
      opened.synced().close();
    }
  }

  /// What the crew is hired for.
  private final class Housework implements Crew.Work {

    @Override
    public boolean appendsWait() {
      return !queue.isEmpty();
    }

    @Override
    public void write() {
      writer.commit(queue.drain());
      callKeeperWhenDue();
    }

    @Override
    public boolean looksForRoom() {
      return writer.looksForRoom();
    }

    @Override
    public void lookForRoom() {
      writer.lookForRoom();
      callKeeperWhenDue();
    }

    private void callKeeperWhenDue() {
      if (opened.index().waitingTables() > 0) {
        crew.callKeeper();
      }
    }

    @Override
    public boolean keep(BooleanSupplier cancelled) {
      return keeper.keep(cancelled);
    }
  }
}
