package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Reads the port that a server printed as `port N`.
final class Ports {
  private Ports() {}

  static int printedBy(Path log, MeasuredProcess server) throws IOException, InterruptedException {
    while (server.alive()) {
      for (String line : Files.readAllLines(log)) {
        if (line.startsWith("port ")) {
          return Integer.parseInt(line.substring(5).strip());
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException("the server ended before it printed its port; see " + log.getFileName());
  }
}
