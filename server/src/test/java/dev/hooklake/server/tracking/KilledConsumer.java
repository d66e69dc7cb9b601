package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The program that [TrackingKilledTest] kills: applies invented lives to an SQLite database, and
/// prints its position after each step.
final class KilledConsumer {
  static final int MESSAGES = 3_000;
  static final long SEED = 7;

  private KilledConsumer() {}

  public static void main(String[] args) throws Exception {
    List<Fact> facts = Lives.of(MESSAGES, SEED).shuffled(SEED);
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", Path.of(args[0])))) {
      TrackingConsumer consumer = Simulated.consumer(facts, database);
      while (consumer.step(Duration.ZERO) > 0) {
        System.out.println("position " + consumer.position());
      }
      System.out.println("done");
    }
  }
}
