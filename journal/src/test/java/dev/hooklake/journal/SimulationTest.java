package dev.hooklake.journal;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random histories of appends, reads, faults, crashes and clock jumps, each from one seed. A
/// longer run: `-Djournal.seeds=20000`; one history again: `-Djournal.first-seed=N
/// -Djournal.seeds=1`.
class SimulationTest {

  private static final int SEEDS_A_CASE = 50;

  static LongStream firstSeeds() {
    long first = Long.getLong("journal.first-seed", 1);
    long seeds = Long.getLong("journal.seeds", 400);
    return LongStream.iterate(first, seed -> seed < first + seeds, seed -> seed + SEEDS_A_CASE);
  }

  @ParameterizedTest
  @MethodSource("firstSeeds")
  void nothingAcknowledgedIsLostRepeatedOrInvented(long firstSeed) throws Exception {
    long last = firstSeed + Math.min(SEEDS_A_CASE, Long.getLong("journal.seeds", SEEDS_A_CASE));
    for (long seed = firstSeed; seed < last; seed++) {
      run(seed);
    }
  }

  private static void run(long seed) throws Exception {
    try {
      new Simulation(seed).run();
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed " + seed + ": " + e, e);
    }
  }
}
