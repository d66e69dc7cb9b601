package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Kills `./hooklake erase`, and servers that erase while they merge files, twice in a row at
/// random moments, and erases once more. Then nothing of the person is in any byte, and everybody
/// else is still there.
@EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
class EraseKillIT {
  private static final int ROUNDS = Integer.getInteger("hooklake.rounds", 24);

  /// Which rounds kill a server.
  private static final int EVERY_THIRD = 3;

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  @TempDir Path folder;
  private ServerProcess server;
  private Path whole;
  private long eraseMillis;
  private int killed;

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void whateverIsKilledTheNextErasureLeavesNothingAndHarmsNobody() throws Exception {
    System.out.println("Killed at moments of seed " + seed);
    prepare();
    Instant began = Instant.now();
    eraseAndLook("undisturbed");
    eraseMillis = Duration.between(began, Instant.now()).toMillis();
    for (int round = 0; round < ROUNDS; round++) {
      restore();
      boolean ofServer = round % EVERY_THIRD == EVERY_THIRD - 1;
      for (int kill = 0; kill < 2; kill++) {
        if (ofServer) {
          killServer();
        } else {
          killCommand();
        }
      }
      eraseAndLook("round %d, seed %d".formatted(round, seed));
    }
    assertThat(killed).as("killed before it was done").isGreaterThan(ROUNDS / 2);
    startAgain();
  }

  private void prepare() throws Exception {
    server = new ServerProcess(folder);
    // As much to do as there can be, so that a kill hits it.
    Files.writeString(
        server.settings(),
        "  maintenance: {interval: 100ms, open-day-files: 2}\n",
        StandardOpenOption.APPEND);
    server.start();
    Vera.sendAll(server);
    assertThat(server.stop()).isIn(0, 143);
    assertThat(Vera.found(server)).isNotEmpty();
    whole = folder.resolve("whole");
    copy(server.data(), whole);
  }

  private void restore() throws IOException {
    try (Stream<Path> tree = Files.walk(server.data())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    copy(whole, server.data());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private void killCommand() throws Exception {
    Process erase = begin(random.nextBoolean());
    if (!erase.waitFor(moment(), TimeUnit.MILLISECONDS)) {
      killed++;
    }
    erase.destroyForcibly().waitFor();
  }

  private void killServer() throws Exception {
    server.start();
    Process erase = begin(random.nextBoolean());
    if (!erase.waitFor(moment(), TimeUnit.MILLISECONDS)) {
      killed++;
    }
    server.kill();
    assertThat(erase.waitFor(60, TimeUnit.SECONDS))
        .as("it notices that the server is gone")
        .isTrue();
  }

  /// The start of the program takes the first quarter.
  private long moment() {
    return random.nextLong(eraseMillis / 4, eraseMillis);
  }

  private Process begin(boolean now) throws IOException {
    Process erase = server.begin(command(now));
    try (OutputStream in = erase.getOutputStream()) {
      in.write((Vera.EMAIL + "\n").getBytes(UTF_8));
    }
    return erase;
  }

  private void eraseAndLook(String when) throws Exception {
    ServerProcess.Ended erased = server.feed(Vera.EMAIL + "\n", command(true));
    assertThat(erased.exitCode()).as(when + "\n" + erased.output()).isZero();
    assertThat(Vera.found(server)).as(when).isEmpty();
    Vera.assertOnlyOthersAreIn(server);
  }

  private static String[] command(boolean now) {
    var command = new ArrayList<String>(List.of("erase"));
    command.addAll(Vera.IDENTIFIERS);
    if (now) {
      command.add("--now");
    }
    return command.toArray(String[]::new);
  }

  private void startAgain() throws Exception {
    server.start();
    assertThat(Vera.post(server, Vera.events().getFirst())).as("a repeat").isEqualTo(200);
    assertThat(server.stop()).isIn(0, 143);
    assertThat(Vera.found(server)).isEmpty();
    assertThat(server.run("journal", "verify").exitCode()).isZero();
    Vera.assertOnlyOthersAreIn(server);
  }
}
