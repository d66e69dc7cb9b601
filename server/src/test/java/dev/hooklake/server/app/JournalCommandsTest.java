package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class JournalCommandsTest {
  @TempDir Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fill() {
    String[] demo = {"demo", "--events", "300", "--rate", "0", "--port", "0"};
    assertThat(run(demo)).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
            .toArray(String[]::new);
    CommandLine line = Main.commandLine(Map.of(), InstantSource.system());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all);
  }

  private void damage() throws IOException {
    try (var segment = new RandomAccessFile(largestSegment().toFile(), "rw")) {
      segment.seek(20_000);
      segment.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    }
  }

  private Path largestSegment() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("journal"))) {
      return files
          .filter(file -> file.toString().endsWith(".segment"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void aJournalInOrderIsSound() {
    assertThat(run("journal", "verify")).isZero();
    assertThat(out.toString()).contains("The journal is sound.").contains("; 0 cannot");
  }

  @Test
  void aDamagedJournalIsNamedMendedAndSoundAgain() throws Exception {
    damage();
    assertThat(run("journal", "verify")).isEqualTo(1);
    assertThat(out.toString()).contains("are LOST").contains("DAMAGED");
    assertThat(run("journal", "repair")).isZero();
    assertThat(out.toString()).contains("Mended");
    assertThat(run("journal", "verify")).isZero();
    assertThat(data.resolve("journal/damaged")).isNotEmptyDirectory();
  }

  @Test
  void withoutAJournalThereIsNothingToVerify() {
    CommandLine line = Main.commandLine(Map.of(), InstantSource.system());
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute("journal", "verify", "--data", data.resolve("no").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("there is no journal");
  }
}
