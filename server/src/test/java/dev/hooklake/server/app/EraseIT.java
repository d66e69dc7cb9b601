package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Erases a person from the real program, running and stopped, and then searches every byte of its
/// data directory, and every value of every Parquet file in it. Everything that keeps something of
/// events is switched on.
class EraseIT {
  private static final String LEADS_TOKEN = "example-token";
  private static final String DATABASE = "operations.db";
  private static final String REFUSED =
      "INSERT INTO sink_rejects (sink, event_id, source, event_key, event_type, event, reason,"
          + " rejected_at) VALUES ('warehouse', 'r-1', 'customerio', 'k-1', 'email_sent', ?,"
          + " 'SQL state 22001', 1)";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingOfAPersonIsLeftWhileTheServerRunsOrIsStopped() throws Exception {
    var server = new ServerProcess(folder, Map.of("WEBHOOK_SECRET", LEADS_TOKEN));
    switchEverythingOn(server);
    server.start();
    Vera.sendAll(server);
    Vera.sendLead(server, LEADS_TOKEN);
    Vera.awaitLanded(server, Vera.events().size() + Vera.OTHERS.size() + 1);
    registerMessages(server);
    refuseOneByTheSink(server);
    run(server, "lake", "maintain");
    assertThat(Vera.found(server)).as("before").anyMatch(file -> file.startsWith(DATABASE));

    var erase = new ArrayList<String>(List.of("erase", "--now"));
    erase.addAll(Vera.IDENTIFIERS);
    String receipt = fed(server, Vera.EMAIL + "\n", erase.toArray(String[]::new));

    assertThat(receipt)
        .contains("10 in webhook_landing", "4 in email_events", "1 in push_events")
        .contains("1 in sms_events", "1 in lead_events", "3 in quarantine")
        .contains("1 in sink_rejects")
        .containsPattern("[1-9][0-9]* in messages")
        .containsPattern("[1-9][0-9]* in forwards")
        .containsPattern("[1-9][0-9]* in leads")
        .containsPattern("[1-9][0-9]* in live_feed")
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

  /// Nobody takes what is forwarded, so that it stays in the queue. The warehouse is somebody
  /// else's.
  private void switchEverythingOn(ServerProcess server) throws IOException {
    Files.writeString(
        server.settings(),
        """
        tracking: {mapping: database}
        forwarding:
          destinations:
            away:
              url: http://127.0.0.1:9/
              private-addresses: true
              secrets: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
        sinks:
          warehouse: {url: "jdbc:sqlite:%s"}
        """
            .formatted(folder.resolve("warehouse.db")),
        StandardOpenOption.APPEND);
  }

  private static void registerMessages(ServerProcess server) throws Exception {
    run(server, "messages", "register", "--id", "m-1", "--channel", "email", "--user", Vera.EMAIL);
    run(
        server,
        "messages",
        "register",
        "--id",
        "m-2",
        "--channel",
        "email",
        "--recipient",
        "bo@example.org, " + Vera.EMAIL);
  }

  private static void refuseOneByTheSink(ServerProcess server) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + server.data().resolve(DATABASE));
        PreparedStatement row = connection.prepareStatement(REFUSED)) {
      row.setString(1, "{\"to\":\"" + Vera.EMAIL + "\"}");
      row.executeUpdate();
    }
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
