package dev.hooklake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program as its users run it, in processes of its own: nothing of ours is on Spark's class
/// path.
record Hooklake(Path root, Path data) {

  /// The same seed gives the same kinds of events, so that no table is missing by chance.
  void demo(int events) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("demo", "--events", Integer.toString(events)));
    command.addAll(List.of("--seed", "1", "--data", data.toString(), "--port", "0"));
    run(command.toArray(String[]::new));
  }

  /// The rows a query answers, header left out, each as one CSV line.
  List<String> query(String sql) throws IOException, InterruptedException {
    List<String> lines = run("query", sql, "--format", "csv").lines().toList();
    return lines.subList(1, lines.size());
  }

  /// A server in a process of its own, ready.
  Process serve(Path config, Path log) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            root.resolve("hooklake").toString(), "serve", "--config", config.toString());
    builder.environment().put("HOOKLAKE_DATA", data.toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    while (!Files.readString(log).contains("Ready: public port")) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server did not start:\n" + Files.readString(log));
      }
    }
    return process;
  }

  /// Runs a command to its end and returns what it printed.
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("hooklake").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOOKLAKE_DATA", data.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor())
        .as("exit code of %s, which printed%n%s", command, output)
        .isZero();
    return output;
  }
}
