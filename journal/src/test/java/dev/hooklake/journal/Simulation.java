package dev.hooklake.journal;

import static dev.hooklake.journal.JournalFixture.LAKE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.Faults;
import dev.hooklake.journal.disk.Faults.Operation;
import dev.hooklake.journal.index.RunDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// One history of a journal and its model, decided by a seed.
final class Simulation {

  private static final int STEPS = 150;
  private static final int KEYS = 400;
  private static final int MOST_TRIES = 50;

  private final Random chance;
  private final JournalFixture fixture;
  private final JournalModel model;
  private EmbeddedJournal journal;
  private JournalConsumer lake;
  private int payloads;

  Simulation(long seed) {
    this(seed, UnaryOperator.identity());
  }

  /// @param defect what lies between the journal and its disk
  Simulation(long seed, UnaryOperator<Disk> defect) {
    chance = new Random(seed);
    fixture = new JournalFixture(seed * 31 + 7);
    fixture.seen = defect.apply(fixture.disk);
    model = new JournalModel(fixture.settings.duplicateWindow());
  }

  void run() throws Exception {
    reopen();
    for (int step = 0; step < STEPS; step++) {
      switch (chance.nextInt(24)) {
        case 0 -> crash();
        case 1 -> endProcess();
        case 2 -> closeAndReopen();
        case 3 -> moveClock();
        case 4, 5 -> armFault(chance.nextBoolean());
        case 6 -> fixture.disk.capacity(chance.nextLong(1, 200_000));
        case 7 -> fixture.disk.capacity(Long.MAX_VALUE);
        case 8 -> fixture.disk.shortWrites(chance.nextBoolean());
        case 9, 10, 11 -> consume();
        case 12 -> reread();
        default -> append();
      }
    }
    crash();
  }

  private void append() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = chance.nextInt(1, 12); i > 0; i--) {
      entries.add(entry("key " + chance.nextInt(KEYS)));
    }
    Instant at = fixture.now;
    model.check(entries, journal.append(entries), at);
    if (!journal.status().writable()) {
      if (chance.nextBoolean()) {
        crash();
      } else {
        endProcess();
      }
    }
  }

  private Entry entry(String key) {
    String payload = payloads++ + " ".repeat(chance.nextInt(200)) + key;
    return new Entry(EventKey.of("test", key), ByteBuffer.wrap(payload.getBytes(UTF_8)));
  }

  private void consume() throws InterruptedException {
    try {
      List<JournalRecord> records = lake.read(chance.nextInt(1, 60), 1 << 20, Duration.ZERO);
      model.consumed(records);
      if (chance.nextInt(3) > 0) {
        lake.passed(model.pass());
      }
    } catch (JournalDamagedException e) {
      throw new AssertionError("nothing was damaged", e);
    } catch (IOException e) {
      // An injected read error: the consumer reads on from where it was.
    }
  }

  private void reread() throws InterruptedException {
    try {
      lake.seek(model.passed());
      model.seek();
    } catch (IOException e) {
      throw new AssertionError("what has not been passed must be there", e);
    }
  }

  private void moveClock() {
    Duration step = Duration.ofMinutes(chance.nextInt(-120, 24 * 60));
    fixture.now = fixture.now.plus(step);
    model.clockAt(fixture.now);
  }

  /// Lets one operation fail soon, or that one and all that follow.
  private void armFault(boolean lasting) {
    Operation[] all = Operation.values();
    Operation kind = all[chance.nextInt(all.length)];
    fixture.disk.faults(new Fault(kind, chance.nextInt(kind == Operation.READ ? 20 : 4), lasting));
  }

  private void closeAndReopen() throws Exception {
    try {
      journal.close();
    } catch (IOException e) {
      // An injected fault: the files are as after the end of the process.
    }
    endProcess();
  }

  private void crash() throws Exception {
    fixture.disk.crash();
    abandon();
    reopen();
  }

  /// Gives back the memory of a journal whose files are gone.
  private void abandon() {
    try {
      journal.close();
    } catch (IOException e) {
      // Its files cannot be used any more, as it should be.
    }
  }

  private void endProcess() throws Exception {
    fixture.disk.endProcess();
    abandon();
    reopen();
  }

  private void reopen() throws Exception {
    if (chance.nextInt(3) == 0) {
      armFault(chance.nextBoolean());
    }
    int tries = 0;
    while (!tryOpen()) {
      if (++tries > MOST_TRIES) {
        throw new AssertionError("the journal does not open any more");
      }
      if (chance.nextBoolean()) {
        fixture.disk.crash();
      } else {
        fixture.disk.endProcess();
      }
    }
    fixture.disk.faults(Faults.NONE);
    model.reopened(JournalFixture.readAfter(journal, model.passed()));
    lake = journal.consumer(LAKE, model.passed());
  }

  private boolean tryOpen() {
    try {
      journal = fixture.open();
      return true;
    } catch (JournalDamagedException | RunDamagedException e) {
      throw new AssertionError("nothing was damaged", e);
    } catch (IOException e) {
      return false;
    }
  }

  /// Fails one kind of operation once after a while, or from then on all operations.
  private static final class Fault implements Faults {

    private final Operation kind;
    private final boolean lasting;
    private int left;

    Fault(Operation kind, int left, boolean lasting) {
      this.kind = kind;
      this.left = left;
      this.lasting = lasting;
    }

    @Override
    public void before(Operation operation, Path file) throws IOException {
      if (left < 0 && lasting) {
        throw new IOException("injected: the disk is gone");
      }
      if (operation == kind && left-- == 0) {
        throw new IOException("injected: " + operation + " failed");
      }
    }
  }
}
