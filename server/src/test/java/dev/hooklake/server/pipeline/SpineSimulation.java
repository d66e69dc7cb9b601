package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.server.pipeline.LakeProgress.State;
import dev.hooklake.server.pipeline.SpineFaults.AfterFault;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One history of journal, duplicate index, lake consumer and lake, on a simulated disk, object
/// store and clock, all decided by one seed; a model is compared after every step.
///
/// The code that runs is the real one, Delta Kernel and Parquet included. Simulated are the disk
/// below the journal, the store below the lake, and the time.
final class SpineSimulation {
  private static final int STEPS = 110;
  private static final int KEYS = 250;
  private static final int MOST_ENTRIES = 8;
  private static final int MOST_SETTLING_STEPS = 400;

  private final Random chance;
  private final SpineTally tally = new SpineTally();
  private final SpineWorld world;
  private long numbers;
  private String racedTable = "";

  SpineSimulation(long seed) {
    chance = new Random(seed);
    world = new SpineWorld(seed, chance, tally);
  }

  SpineTally run() throws Exception {
    world.store.beforeCommit(this::race);
    world.start();
    for (int step = 0; step < STEPS; step++) {
      tally.tell("step " + step);
      act();
      survive();
      world.check();
    }
    settle();
    return tally;
  }

  String story() {
    return tally.story();
  }

  private void act() throws Exception {
    switch (chance.nextInt(42)) {
      case 0 -> world.restart(true);
      case 1 -> world.restart(false);
      case 2 -> world.closeAndRestart();
      case 3 -> jumpClock();
      case 4 -> world.faults.armDisk(AfterFault.NOTHING);
      case 5 -> world.faults.armDisk(AfterFault.DISK_GONE);
      case 6 -> world.faults.armDisk(AfterFault.KILLED);
      case 7 -> world.disk.capacity(chance.nextLong(1, 100_000));
      case 8 -> world.disk.capacity(Long.MAX_VALUE);
      case 9 -> world.disk.shortWrites(chance.nextBoolean());
      case 10, 11, 12 -> world.faults.armPut(false);
      case 13, 14 -> world.faults.armPut(true);
      case 15 -> world.faults.storeDown(true);
      case 16, 17 -> storeIsWell();
      case 18 -> world.faults.flakiness(0.15);
      case 19 -> world.store.lateArrives();
      case 20, 21 -> racedTable = anyTable();
      case 22 -> commitOfAnother(anyTable());
      case 23, 24, 25 -> passTime();
      case 41 -> world.faults.stormOfCommits();
      case 40 -> world.damageAndRestart();
      case 26, 27, 28, 29, 30, 31 -> consume();
      default -> append();
    }
  }

  private void storeIsWell() {
    world.faults.storeDown(false);
    world.faults.flakiness(0);
  }

  private void append() throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    List<Long> ofEntries = new ArrayList<>();
    String key = "";
    for (int i = chance.nextInt(1, MOST_ENTRIES + 1); i > 0; i--) {
      // Now and then the same key again, while the first of them is still on its way to the disk.
      boolean again = !key.isEmpty() && chance.nextInt(8) == 0;
      key = again ? key : "key " + chance.nextInt(KEYS);
      ofEntries.add(++numbers);
      entries.add(
          new Entry(
              EventKey.of(SpineSource.NAME, key),
              EventCodec.encode(SpineSource.event(key, numbers, world.now))));
    }
    for (AppendOutcome outcome : world.append(entries, ofEntries)) {
      tally.count("append: " + outcome.getClass().getSimpleName());
    }
  }

  private void consume() throws Exception {
    for (int i = chance.nextInt(1, 5); i > 0; i--) {
      world.consumer.step();
      assertRunning();
      if (isToldOfDamage()) {
        assertThat(world.damaged()).as("something is damaged").isTrue();
        tally.count("damage: met while reading");
        world.restart(false);
        return;
      }
    }
  }

  private boolean isToldOfDamage() {
    String error = world.consumer.progress().lastError();
    return error != null && error.contains("journal damaged");
  }

  private void assertRunning() {
    LakeProgress progress = world.consumer.progress();
    assertThat(progress.state()).as(progress.lastError()).isNotEqualTo(State.STOPPED);
  }

  private void passTime() {
    world.now = world.now.plus(Duration.ofSeconds(chance.nextInt(1, 20)));
  }

  private void jumpClock() {
    Duration jump = Duration.ofMinutes(chance.nextInt(-3 * 60, 30 * 60));
    tally.count(jump.isNegative() ? "clock: back" : "clock: forth");
    world.moveClock(jump);
  }

  private String anyTable() {
    return switch (chance.nextInt(3)) {
      case 0 -> Tables.LANDING.path();
      case 1 -> Tables.events(Channel.EMAIL).path();
      default -> Tables.QUARANTINE.path();
    };
  }

  /// Another writer takes the version that we are about to take.
  private void race(String commit) {
    int log = commit.indexOf("/_delta_log/");
    String table = commit.substring(0, log);
    long version = Long.parseLong(commit.substring(log + 12, log + 32));
    if (!racedTable.isEmpty() && table.endsWith("/" + racedTable) && version > 0) {
      racedTable = "";
      if (StoredTable.commitOfAnother(world.store, table, version, chance.nextBoolean())) {
        tally.count("another writer: takes the version under way");
      }
    }
  }

  private void commitOfAnother(String table) {
    String path = world.root + "/" + table;
    long version =
        world.store.paths(path + "/_delta_log").stream().filter(f -> f.endsWith(".json")).count();
    if (version > 0) {
      StoredTable.commitOfAnother(world.store, path, version, chance.nextBoolean());
      tally.count("another writer: commits");
    }
  }

  /// After what ended the process, or the journal, comes a new start.
  private void survive() throws Exception {
    if (world.faults.killed()) {
      world.restart(chance.nextBoolean());
    } else if (!world.journal.status().writable() && chance.nextBoolean()) {
      tally.count("journal: had closed itself");
      world.restart(chance.nextBoolean());
    }
  }

  /// All faults end: now everything must come to the lake.
  private void settle() throws Exception {
    tally.tell("settling");
    world.disk.shortWrites(false);
    racedTable = "";
    world.restartInPeace();
    world.check();
    Instant start = world.now;
    for (int step = 0; step < MOST_SETTLING_STEPS && !world.model.allLanded(); step++) {
      world.consumer.step();
      assertRunning();
      world.now = world.now.plusSeconds(2);
      world.check();
    }
    assertThat(world.model.allLanded()).as("all is in the lake, %s later", start).isTrue();
  }
}
