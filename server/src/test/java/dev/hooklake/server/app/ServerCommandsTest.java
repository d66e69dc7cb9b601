package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.app.settings.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Commands beside a running server and without one, as their words and exit codes tell a person or
/// a script.
final class ServerCommandsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatHasAReceiptIsInTheTablesAndTheStatusAddsUp() throws Exception {
    Path receipts = folder.resolve("receipts");
    try (Running _ = start("lake: {commit-wait: 50ms, commit-quiet-wait: 100ms}")) {
      assertThat(
              run("simulate", "--events", "300", "--rate", "0", "--receipts", receipts.toString()))
          .as(err.toString())
          .isZero();
      assertThat(out.toString()).contains("300 for the first time");

      awaitStatus(0, "300 accepted = 300 landed + 0 in the journal");
      assertThat(out.toString().lines())
          .contains("accepts     yes", "balance     300 accepted = 300 landed + 0 in the journal")
          .anyMatch(line -> line.matches("source +customerio since the start: \\d+ received, .*"))
          .anyMatch(line -> line.matches("webhook_landing +\\d+ +300 .*"));
    }
    List<String> landed = LandedKeys.in(folder.resolve("data/lake")).landing();
    assertThat(Files.readAllLines(receipts)).containsExactlyInAnyOrderElementsOf(landed);

    assertThat(run("replay", "--from", "2020-01-01", "--to", "2100-01-01")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("300 events compared, 0 changed\n");
  }

  @Test
  void aServerWhoseLakeCannotBeWrittenIsNotInOrder() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("elsewhere"), "a file");
    try (Running _ = start("lake: {root: %s}".formatted(inTheWay))) {
      awaitStatus(1, "last error: ");
      assertThat(out.toString()).contains("accepts     yes", "next attempt: 2");
    }
  }

  @Test
  void withoutAServerThereIsNoStatus() {
    assertThat(run("status")).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "hooklake: no server answers on the admin port http://127.0.0.1:1/\n");
    assertThat(run("status", "--jsn")).isEqualTo(2);
  }

  /// Asks until the answer has a text; then the exit code must be this one.
  private void awaitStatus(int exit, String text) throws InterruptedException {
    Instant latest = Instant.now().plus(PATIENCE);
    int last = run("status");
    while (!out.toString().contains(text)) {
      assertThat(Instant.now()).as(out.toString()).isBefore(latest);
      TimeUnit.MILLISECONDS.sleep(50);
      last = run("status");
    }
    assertThat(last).as(out.toString()).isEqualTo(exit);
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine line = Main.commandLine(environment("1"), InstantSource.system());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private Running start(String yaml) throws Exception {
    return Server.start(
        SettingsReader.of("test", "server: {shutdown-grace: 500ms}\n" + yaml, environment("0")),
        InstantSource.system());
  }

  /// The commands find the ports that the server took in its data directory.
  private Map<String, String> environment(String port) {
    Map<String, String> env = new HashMap<>();
    env.put("CUSTOMERIO_WEBHOOK_SECRET", "a test key");
    env.put("HOOKLAKE_HOST", "127.0.0.1");
    env.put("HOOKLAKE_PORT", port);
    env.put("HOOKLAKE_ADMIN_PORT", port);
    env.put("HOOKLAKE_DATA", folder.resolve("data").toString());
    return env;
  }
}
