package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Thousands of invented messages, their callbacks shuffled and repeated, some registered late, the
/// consumer cut off now and then: every message ends as the model says.
@ParameterizedClass
@EnumSource(TestDatabase.class)
class TrackingSimulationTest {
  private static final int MESSAGES = Boolean.getBoolean("hooklake.long") ? 100_000 : 5_000;
  private static final long SEED = 20_261_028;

  @Parameter TestDatabase engine;
  @TempDir Path directory;

  @Test
  void everyMessageEndsAsTheModelSays() throws Exception {
    Lives lives = Lives.of(MESSAGES, SEED);
    List<Fact> facts = lives.shuffled(SEED);
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(directory))) {
      Messages messages = Simulated.messages(database);
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long startedAt = System.nanoTime();
      long cpuBefore = threads.getCurrentThreadCpuTime();

      int late = run(lives, messages, Simulated.consumer(facts, database), facts.size());

      double seconds = (System.nanoTime() - startedAt) / 1e9;
      double cpuMicros = (threads.getCurrentThreadCpuTime() - cpuBefore) / 1e3 / facts.size();
      System.out.printf(
          "%s, seed %d: %d messages, %d of them late, %d events, %.0f events/s, CPU %.1f us an event%n",
          engine, SEED, MESSAGES, late, facts.size(), facts.size() / seconds, cpuMicros);
      Simulated.assertEnds(lives, messages);
    }
  }

  private static int run(Lives lives, Messages messages, DatabaseConsumer consumer, int events)
      throws IOException, InterruptedException {
    List<Integer> late = new ArrayList<>();
    List<OutgoingMessage> early = new ArrayList<>();
    var random = new Random(SEED);
    for (int i = 0; i < lives.count(); i++) {
      if (random.nextInt(10) == 0) {
        late.add(i);
      } else {
        early.add(lives.message(i));
      }
    }
    Simulated.register(messages, early);
    int next = 0;
    while (consumer.step(Duration.ZERO) > 0) {
      int until = Math.toIntExact(late.size() * consumer.position() / events);
      Simulated.register(messages, late.subList(next, until).stream().map(lives::message).toList());
      next = until;
    }
    return late.size();
  }
}
