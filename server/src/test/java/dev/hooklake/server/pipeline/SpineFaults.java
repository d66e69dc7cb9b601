package dev.hooklake.server.pipeline;

import dev.hooklake.journal.disk.Faults;
import dev.hooklake.lake.StoreFaults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What goes wrong with disk and store. A process that is killed by one loses the other with it.
final class SpineFaults implements Faults, StoreFaults {
  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  private final RandomGenerator chance;
  private final SpineTally tally;
  private final List<Fate> fates;

  private Operation diskOperation = Operation.WRITE;
  private int diskOperationsLeft = -1;
  private AfterFault afterDiskFault = AfterFault.NOTHING;

  private Fate putFate = Fate.STORED;
  private int putsLeft = -1;
  private boolean killsAtPut;
  private Fate stormFate = Fate.STORED;
  private int stormCommitsLeft;
  private boolean storeDown;
  private double flakiness;

  private boolean diskGone;
  private boolean killed;

  /// What follows a failing disk operation.
  enum AfterFault {
    NOTHING,
    /// No operation of the disk succeeds until the next start.
    DISK_GONE,
    /// The process is dead there and then.
    KILLED
  }

  /// @param settles whether a write into the store that failed is over
  SpineFaults(RandomGenerator chance, SpineTally tally, boolean settles) {
    this.chance = chance;
    this.tally = tally;
    this.fates =
        Arrays.stream(Fate.values()).filter(fate -> !settles || fate != Fate.LATE).toList();
  }

  /// No fault is left, and a process that was killed is replaced by a new one.
  void clear() {
    diskOperationsLeft = -1;
    putsLeft = -1;
    stormCommitsLeft = 0;
    storeDown = false;
    flakiness = 0;
    diskGone = false;
    killed = false;
  }

  boolean killed() {
    return killed;
  }

  /// Lets one disk operation fail soon.
  void armDisk(AfterFault after) {
    diskOperation = OPERATIONS.get(chance.nextInt(OPERATIONS.size()));
    diskOperationsLeft = chance.nextInt(diskOperation == Operation.READ ? 20 : 4);
    afterDiskFault = after;
  }

  /// Lets one of the next files put in the store have another fate.
  void armPut(boolean kills) {
    putFate = any();
    putsLeft = chance.nextInt(8);
    killsAtPut = kills;
  }

  /// Lets several commits in a row have one fate, as when a store is slow for a minute.
  void stormOfCommits() {
    stormFate = any();
    stormCommitsLeft = chance.nextInt(2, 16);
  }

  void storeDown(boolean down) {
    storeDown = down;
  }

  /// Lets each request to the store fail with this chance.
  void flakiness(double probability) {
    flakiness = probability;
  }

  @Override
  public void before(Operation operation, Path file) throws IOException {
    if (killed || diskGone) {
      throw new IOException("injected: the disk is gone");
    }
    if (operation == diskOperation && diskOperationsLeft >= 0 && diskOperationsLeft-- == 0) {
      tally.count("disk: " + operation + " failed, then " + afterDiskFault);
      diskGone = afterDiskFault == AfterFault.DISK_GONE;
      killed = afterDiskFault == AfterFault.KILLED;
      throw new IOException("injected: " + operation + " failed");
    }
  }

  @Override
  public Fate put(String path) {
    if (killed || storeDown) {
      return Fate.REFUSED;
    }
    Fate fate = chance.nextDouble() < flakiness ? any() : Fate.STORED;
    if (stormCommitsLeft > 0 && kind(path).equals("commit")) {
      stormCommitsLeft--;
      fate = stormFate;
    }
    if (putsLeft >= 0 && putsLeft-- == 0) {
      fate = putFate;
      killed = killsAtPut;
    }
    if (fate != Fate.STORED || killed) {
      tally.count("store: " + kind(path) + " " + fate + (killed ? ", killed there" : ""));
    }
    return fate;
  }

  private Fate any() {
    return fates.get(chance.nextInt(fates.size()));
  }

  private static String kind(String path) {
    return path.contains("_delta_log")
        ? path.endsWith(".json") ? "commit" : "checkpoint"
        : "data file";
  }

  @Override
  public void read(String path) throws IOException {
    request("read");
  }

  @Override
  public void delete(String path) throws IOException {
    request("deletion");
  }

  private void request(String what) throws IOException {
    if (killed || storeDown) {
      throw new IOException("injected: the store is down");
    }
    if (flakiness > 0 && chance.nextDouble() < flakiness) {
      tally.count("store: " + what + " failed");
      throw new IOException("injected: " + what + " failed");
    }
  }
}
