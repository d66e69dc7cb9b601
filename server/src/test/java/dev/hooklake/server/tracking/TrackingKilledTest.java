package dev.hooklake.server.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A consumer process killed in the middle, again and again, loses nothing and applies nothing it
/// should not.
class TrackingKilledTest {
  private static final int KILLS = Boolean.getBoolean("hooklake.long") ? 20 : 2;

  @TempDir Path directory;

  @Test
  void aKilledConsumerGoesOnAndEveryMessageEndsAsTheModelSays() throws Exception {
    Lives lives = Lives.of(KilledConsumer.MESSAGES, KilledConsumer.SEED);
    registerAll(lives);
    var random = new Random(KilledConsumer.SEED);

    for (int i = 0; i < KILLS; i++) {
      runAndKill(1 + random.nextInt(3));
    }
    assertThat(runToTheEnd()).endsWith("done");

    try (OperationsDatabase database = open()) {
      Simulated.assertEnds(lives, Simulated.messages(database));
    }
  }

  private void registerAll(Lives lives) {
    try (OperationsDatabase database = open()) {
      Simulated.register(
          Simulated.messages(database),
          IntStream.range(0, lives.count()).mapToObj(lives::message).toList());
    }
  }

  private void runAndKill(int afterSteps) throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (int step = 0; step < afterSteps && output.readLine() != null; step++) {
        // The kill falls somewhere into the step after this one.
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> runToTheEnd() throws IOException, InterruptedException {
    Process process = start();
    try (BufferedReader output = process.inputReader(UTF_8)) {
      return output.lines().toList();
    } finally {
      process.waitFor();
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledConsumer.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private OperationsDatabase open() {
    return OperationsDatabase.open(DatabaseSettings.of("", directory));
  }
}
