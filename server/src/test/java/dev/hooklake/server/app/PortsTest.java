package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortsTest {
  @TempDir private Path folder;

  @Test
  void theyCanBeReadAsLongAsTheServerRuns() throws Exception {
    Path file = folder.resolve("ports");
    AutoCloseable written = new Ports(40_001, 40_002).writtenTo(file);

    assertThat(Ports.in(file)).contains(new Ports(40_001, 40_002));
    written.close();
    assertThat(Ports.in(file)).isEmpty();
  }

  @Test
  void aFileOfAnotherFormIsNotBelieved() throws Exception {
    Path file = Files.writeString(folder.resolve("ports"), "public x\n");

    assertThat(Ports.in(file)).isEmpty();
  }
}
