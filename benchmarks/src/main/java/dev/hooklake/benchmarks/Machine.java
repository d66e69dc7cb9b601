package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a figure was measured: without it the figure means nothing.
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    return "%d cores, %s, %d MiB memory, %s %s, Java %s, load average before: %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            field(Path.of("/proc/cpuinfo"), "model name"),
            Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""))
                / 1024,
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.vm.version"),
            Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private static String field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "unknown";
  }
}
