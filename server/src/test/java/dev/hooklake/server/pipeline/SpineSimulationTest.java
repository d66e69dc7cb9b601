package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.SimulatedLakes;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories of the whole way of an event, each from one seed: see
/// docs/reference/simulation.md. One history again: `-Dspine.first-seed=N -Dspine.seeds=1`.
class SpineSimulationTest {
  private static final long FIRST = Long.getLong("spine.first-seed", 1);
  private static final long SEEDS =
      Long.getLong("spine.seeds", Boolean.getBoolean("hooklake.long") ? 20_000 : 200);
  private static final long SEEDS_BETWEEN_LINES = 500;
  private static final long SEEDS_PLAYED_TWICE = 20;

  @Test
  @Timeout(value = 6, unit = java.util.concurrent.TimeUnit.HOURS)
  void nothingAcknowledgedIsLostRepeatedOrInvented() throws Exception {
    var all = new SpineTally();
    inThread(() -> {
      for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
        all.add(run(seed));
        if ((seed - FIRST + 1) % SEEDS_BETWEEN_LINES == 0) {
          System.out.println("Simulated seeds " + FIRST + " to " + seed);
        }
      }
      return null;
    });
    System.out.println("Seeds " + FIRST + " to " + (FIRST + SEEDS - 1) + ":\n" + all);
  }

  /// Each found a defect of ours among thousands that found none.
  @ParameterizedTest
  @ValueSource(longs = {1471, 3215, 10_922})
  void whatOnceFailedHolds(long seed) throws Exception {
    inThread(() -> {
      run(seed);
      return null;
    });
  }

  @Test
  void oneSeedIsOneHistory() throws Exception {
    inThread(() -> {
      for (long seed = FIRST; seed < FIRST + SEEDS_PLAYED_TWICE; seed++) {
        assertThat(run(seed).fingerprint()).as("seed " + seed).isEqualTo(run(seed).fingerprint());
      }
      return null;
    });
  }

  private static SpineTally run(long seed) {
    var simulation = new SpineSimulation(seed);
    try {
      return simulation.run();
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed %d: %s%n  %s".formatted(seed, e, simulation.story()), e);
    }
  }

  private static void inThread(Callable<Void> work) throws Exception {
    var task = new FutureTask<>(work);
    SimulatedLakes.threads().newThread(task).start();
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
  }
}
