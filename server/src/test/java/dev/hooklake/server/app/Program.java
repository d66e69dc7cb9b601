package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `./hooklake` as processes of its own, run in a folder.
final class Program {
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /// Whoever starts the tests in the background may have them ignore Ctrl-C; a person's shell does
  /// not.
  static final List<String> AS_BY_HAND = List.of("env", "--default-signal=INT");

  private static final Path SCRIPT = Path.of("..", "hooklake").toAbsolutePath().normalize();

  private final Path folder;

  Program(Path folder) {
    this.folder = folder;
  }

  /// Standard output goes to `out`, errors beside it.
  Process start(Path out, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(AS_BY_HAND);
    command.add(SCRIPT.toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(folder.resolve("errors-of-" + out.getFileName()).toFile());
    builder.environment().put("HOOKLAKE_BUILD", "no");
    return builder.start();
  }

  /// Runs to the end; what it printed.
  String run(int exit, List<String> arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "command-", ".out");
    Process process = start(out, arguments);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String printed = Files.readString(out);
    assertThat(process.exitValue())
        .as(printed + Files.readString(folder.resolve("errors-of-" + out.getFileName())))
        .isEqualTo(exit);
    return printed;
  }

  /// Presses Ctrl-C; returns the exit code.
  static int interrupt(Process process) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor())
        .isZero();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /// Waits until a process has printed something.
  static void await(Process process, Path log, String text)
      throws IOException, InterruptedException {
    Instant latest = Instant.now().plus(PATIENCE);
    while (!Files.readString(log).contains(text)) {
      assertThat(process.isAlive() && Instant.now().isBefore(latest))
          .as(Files.readString(log))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
