package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Erases a person from the real program, running and stopped, and then searches every byte of its
/// data directory, and every value of every Parquet file in it.
class EraseIT {
  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingOfAPersonIsLeftWhileTheServerRunsOrIsStopped() throws Exception {
    var server = new ServerProcess(folder);
    server.start();
    Vera.sendAll(server);
    run(server, "lake", "maintain");
    assertThat(Vera.found(server)).as("before").isNotEmpty();

    var erase = new ArrayList<String>(List.of("erase", "--now"));
    erase.addAll(Vera.IDENTIFIERS);
    String receipt = fed(server, Vera.EMAIL + "\n", erase.toArray(String[]::new));

    assertThat(receipt)
        .contains("9 in webhook_landing", "4 in email_events", "1 in push_events")
        .contains("1 in sms_events", "3 in quarantine")
        .doesNotContain("NOT COMPLETE")
        .doesNotContainIgnoringCase("vera");
    assertThat(Vera.found(server)).as("beside the running server").isEmpty();
    assertThat(receipts(server)).hasSize(1).first().asString().contains("\"journalRecords\"");
    // The same event again is still a repeat, and a later event of somebody else lands.
    assertThat(Vera.post(server, Vera.events().getFirst())).isEqualTo(200);
    assertThat(Vera.found(server)).as("after a repeat").isEmpty();
    assertThat(run(server, "query", "SELECT count(*) AS n FROM webhook_landing"))
        .containsPattern("(?m)^" + Vera.OTHERS.size() + "$");
    assertThat(server.stop()).isIn(0, 143);
    assertThat(Vera.found(server)).as("after the stop").isEmpty();

    eraseOnAStoppedServer(server);
  }

  private static void eraseOnAStoppedServer(ServerProcess server) throws Exception {
    server.start();
    String later = Vera.event("l1", "email", "sent", "d-77", "\"" + Vera.EMAIL + "\"");
    assertThat(Vera.post(server, later.getBytes(UTF_8))).isEqualTo(200);
    server.kill();
    assertThat(Vera.found(server)).as("killed before it had landed, or after").isNotEmpty();

    run(server, "erase", "--email", Vera.EMAIL, "--now");
    assertThat(Vera.found(server)).as("erased while stopped").isEmpty();

    server.start();
    Vera.awaitLanded(server, Vera.OTHERS.size());
    assertThat(Vera.found(server)).as("started again").isEmpty();
    assertThat(run(server, "journal", "verify", "--help")).isNotEmpty();
    assertThat(server.stop()).isIn(0, 143);
    run(server, "journal", "verify");
    Vera.assertOnlyOthersAreIn(server);
  }

  private static String run(ServerProcess server, String... command) throws Exception {
    return fed(server, "", command);
  }

  private static String fed(ServerProcess server, String input, String... command)
      throws Exception {
    ServerProcess.Ended ended = server.feed(input, command);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static List<String> receipts(ServerProcess server) throws Exception {
    try (var files = Files.list(server.data().resolve("erasures"))) {
      return files.map(EraseIT::read).toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
