package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.AppendOutcome.Appended;
import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalDamagedException;
import dev.hooklake.journal.JournalFiles;
import dev.hooklake.journal.JournalModel;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalReport;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.Faults;
import dev.hooklake.journal.disk.SimulatedDisk;
import dev.hooklake.journal.index.RunDamagedException;
import dev.hooklake.journal.index.RunReport;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.SimulatedLakes;
import dev.hooklake.lake.SimulatedStore;
import dev.hooklake.server.pipeline.SpineFaults.AfterFault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Disk, store, clock, and the process on them: it starts, ends, and is compared with the model.
final class SpineWorld {
  private static final Path DIRECTORY = Path.of("/journal");
  private static final int SEGMENT_BYTES = 4096;
  private static final int MOST_RECORD_BYTES = 2048;
  private static final int MOST_STARTS = 60;
  private static final List<AfterFault> AFTER_FAULTS = List.of(AfterFault.values());
  private static final Duration WINDOW = Duration.ofDays(8);
  private static final Cadence CADENCE =
      new Cadence(50, 1 << 20, 10, Duration.ofSeconds(2), Duration.ofSeconds(10));
  private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(4));

  final SpineTally tally;
  final SpineFaults faults;
  final SimulatedDisk disk;
  final SimulatedStore store;
  final String root;
  final SpineModel model;
  private final Random chance;
  private final JournalModel journalModel = new JournalModel(WINDOW);
  private final JournalSettings settings;

  Instant now = Instant.parse("2026-03-01T12:00:00Z");
  EmbeddedJournal journal;
  LakeConsumer consumer;
  private Lake lake;
  private boolean damaged;

  SpineWorld(long seed, Random chance, SpineTally tally) {
    this.chance = chance;
    this.tally = tally;
    boolean settles = seed % 2 != 0;
    faults = new SpineFaults(new Random(seed * 31 + 5), tally, settles);
    disk = new SimulatedDisk(new Random(seed * 31 + 7));
    store = new SimulatedStore(() -> now);
    // A store that carries out a write later, or one where a failed write is over.
    root = settles ? "file:/lake" : "s3a://bucket/lake";
    model = new SpineModel(store, root);
    settings =
        new JournalSettings(
            DIRECTORY,
            (long) SEGMENT_BYTES * chance.nextInt(4, 40),
            SEGMENT_BYTES,
            WINDOW,
            MOST_RECORD_BYTES,
            Set.of(LakePipeline.CONSUMER));
  }

  void moveClock(Duration jump) {
    // No store carries out a write an hour after its sender gave up.
    store.lateArrives();
    now = now.plus(jump);
    journalModel.clockAt(now);
  }

  List<AppendOutcome> append(List<Entry> entries, List<Long> numbers) throws InterruptedException {
    List<AppendOutcome> outcomes = journal.append(entries);
    journalModel.check(entries, outcomes, now);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Appended(long sequence)) {
        model.kept(sequence, numbers.get(i));
      }
    }
    return outcomes;
  }

  void check() throws IOException {
    model.check();
    journalModel.passTo(model.landedThrough());
    assertThat(journal.status().firstSequence())
        .as("what is released was landed")
        .isLessThanOrEqualTo(model.landedThrough() + 1);
  }

  void start() throws Exception {
    open();
  }

  /// The process ends, or with it the machine, and comes back.
  void restart(boolean machine) throws Exception {
    tally.count(machine ? "machine: crashed" : "process: killed");
    end(machine);
    open();
  }

  /// The process is killed, and while it is down a bit on its disk turns over.
  void damageAndRestart() throws Exception {
    end(false);
    List<Path> files =
        disk.files().stream()
            .filter(file -> file.startsWith(DIRECTORY) && !file.endsWith("journal.lock"))
            .filter(file -> disk.bytes(file).length > 0)
            .toList();
    Path file = files.get(chance.nextInt(files.size()));
    disk.flip(file, chance.nextInt(disk.bytes(file).length), chance.nextInt(8));
    tally.count("damage: a bit of " + kind(file));
    damaged = true;
    // A crash now might take the mark, and with it the proof.
    if (tryOpen()) {
      opened();
    } else {
      openOnce();
    }
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  boolean damaged() {
    return damaged;
  }

  /// What an operator does who has been told of damage.
  private void repairIfDamaged() throws IOException {
    if (!damaged) {
      return;
    }
    damaged = false;
    disk.faults(Faults.NONE);
    JournalReport found = new JournalFiles(DIRECTORY, disk).repair(() -> now);
    long lost = 0;
    for (JournalReport.Segment segment : found.segments()) {
      for (JournalReport.Loss loss : segment.losses()) {
        journalModel.lost(loss.firstSequence(), loss.lastSequence());
        lost += model.lost(loss.firstSequence(), loss.lastSequence());
      }
    }
    assertThat(lost).as("records lost to one bit").isLessThan(2);
    if (!found.runs().stream().allMatch(RunReport::sound)) {
      journalModel.keysLost();
    }
    tally.count("damage: " + (found.sound() ? "none to mend" : "mended, records lost: " + lost));
  }

  /// The end that an operator asks for: what fits is committed.
  void closeAndRestart() throws Exception {
    tally.count("process: closed");
    consumer.finish(now.plusSeconds(15));
    lake.close();
    closeJournal();
    // A fault in it may have killed it on the way.
    end(false);
    open();
  }

  void restartInPeace() throws Exception {
    end(false);
    faults.clear();
    disk.faults(faults);
    store.lateArrives();
    openOnce();
  }

  private void end(boolean machine) throws IOException {
    if (machine) {
      disk.crash();
    } else {
      disk.endProcess();
    }
    closeJournal();
    lake.close();
    faults.clear();
    if (chance.nextInt(3) == 0) {
      store.lateArrives();
    }
    repairIfDamaged();
  }

  /// Gives back the memory of a journal; its files may be of no more use.
  private void closeJournal() {
    try {
      journal.close();
    } catch (IOException e) {
      tally.tell("closing: " + e.getMessage());
    }
  }

  private void open() throws Exception {
    armStart();
    int starts = 0;
    while (!tryOpen()) {
      assertThat(++starts).as("the journal does not open any more").isLessThan(MOST_STARTS);
      tally.count("start: failed");
      if (chance.nextBoolean()) {
        disk.crash();
      } else {
        disk.endProcess();
      }
      faults.clear();
      armStart();
    }
    faults.clear();
    opened();
  }

  private void armStart() {
    disk.faults(faults);
    store.faults(faults);
    if (chance.nextInt(3) == 0) {
      faults.armDisk(AFTER_FAULTS.get(chance.nextInt(AFTER_FAULTS.size())));
    }
  }

  private boolean tryOpen() throws IOException {
    try {
      journal = EmbeddedJournal.openThreadless(settings, disk, () -> now);
      return true;
    } catch (JournalDamagedException | RunDamagedException e) {
      if (!damaged) {
        throw new AssertionError("nothing was damaged", e);
      }
      tally.count("damage: stops the start");
      disk.endProcess();
      repairIfDamaged();
      return false;
    } catch (IOException e) {
      tally.tell("start: " + e.getMessage());
      return false;
    }
  }

  private void openOnce() throws Exception {
    assertThat(tryOpen()).as("a start without faults").isTrue();
    opened();
  }

  private void opened() throws Exception {
    disk.faults(faults);
    List<JournalRecord> found;
    try {
      found = recordsAfter(journalModel.passed());
    } catch (JournalDamagedException e) {
      assertThat(damaged).as("something is damaged").isTrue();
      tally.count("damage: met while reading");
      disk.endProcess();
      closeJournal();
      repairIfDamaged();
      openOnce();
      return;
    }
    found.forEach(model::kept);
    journalModel.reopened(found);
    var run = new UUID(chance.nextLong(), chance.nextLong());
    lake = SimulatedLakes.open(store, URI.create(root), journal.id(), run, () -> now);
    consumer =
        new LakeConsumer(
            new LakePipeline.Parts(
                new JournalWithoutWaits(journal),
                new Target(),
                Map.of(SpineSource.NAME, new SpineSource()),
                new SimpleMeterRegistry(),
                () -> now,
                chance),
            CADENCE,
            BACK_OFF);
    if (model.tableAhead()) {
      tally.count("start: a table is ahead of landing");
    }
  }

  private List<JournalRecord> recordsAfter(long sequence) throws IOException, InterruptedException {
    JournalConsumer reader = journal.consumer(LakePipeline.CONSUMER, sequence);
    List<JournalRecord> all = new ArrayList<>();
    List<JournalRecord> some = reader.read(100, 1 << 20, Duration.ZERO);
    while (!some.isEmpty()) {
      all.addAll(some);
      some = reader.read(100, 1 << 20, Duration.ZERO);
    }
    return all;
  }

  private final class Target implements BatchTarget {
    @Override
    public long landedThrough() throws IOException {
      return lake.landedThrough();
    }

    @Override
    public CommitOutcome commit(Batch batch) throws InterruptedException {
      CommitOutcome outcome = lake.commit(batch);
      tally.count("commit: " + outcome.getClass().getSimpleName());
      return outcome;
    }
  }
}
