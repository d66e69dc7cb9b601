package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server under measurement: its own process, so that its CPU time and memory are only its own.
final class MeasuredProcess implements AutoCloseable {
  private final Process process;

  private MeasuredProcess(Process process) {
    this.process = process;
  }

  static MeasuredProcess start(List<String> command, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new MeasuredProcess(builder.start());
  }

  boolean alive() {
    return process.isAlive();
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /// Highest resident set so far, in MiB (Linux).
  long peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  private long megabytes(String field) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException(status + " has no line " + field);
  }

  /// Asks the process to end and waits for it, as an operator would.
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the server did not end within 60 s of SIGTERM");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the server was ending", e);
    }
  }
}
