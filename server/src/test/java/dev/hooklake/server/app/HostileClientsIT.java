package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.RawHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that take their time, and the real program, which serves the others meanwhile.
@Timeout(600)
class HostileClientsIT {
  private static final int SLOW_CLIENTS = Boolean.getBoolean("hooklake.long") ? 5_000 : 500;
  private static final String POST = "POST /webhook/customerio HTTP/1.1\r\nHost: h\r\n";

  @TempDir Path folder;
  private ServerProcess server;

  @BeforeEach
  void start() throws Exception {
    server = new ServerProcess(folder);
    Files.writeString(
        server.settings(), "server:\n  request-deadline: 3s\n", StandardOpenOption.APPEND);
    server.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    server.kill();
  }

  @Test
  void slowClientsByTheThousandAreCutOffAndTheOthersServed() throws Exception {
    Load load = new Load(server, 300).start();
    load.awaitMore(100);
    List<RawHttp> slow = new ArrayList<>();
    for (int i = 0; i < SLOW_CLIENTS; i++) {
      slow.add(new RawHttp(server.port()).send(beginning(i)));
    }
    load.awaitMore(600);
    for (RawHttp client : slow) {
      assertThat(client.closedByServer()).isTrue();
      client.close();
    }
    assertThat(server.runs()).isTrue();
    assertThat(rejected("body_incomplete")).isGreaterThanOrEqualTo(SLOW_CLIENTS / 3);
    load.awaitMore(100);
    load.stop();
    server.stop();
    load.check();
  }

  /// Stops in the first line, in a header, or in the body.
  private static String beginning(int number) {
    return switch (number % 3) {
      case 0 -> "POST /webh";
      case 1 -> POST + "X-Slow: ";
      default -> POST + "Content-Length: 100\r\n\r\n{";
    };
  }

  @Test
  void aLineThatDribblesIsCutOff() throws Exception {
    try (var client = new RawHttp(server.port())) {
      assertThat(dribble(client, "POST /" + "a".repeat(3_000))).isLessThan(3_000);
    }
    assertThat(rejected("body_incomplete")).as("without a body").isZero();
  }

  @Test
  void aBodyThatDribblesIsCutOff() throws Exception {
    try (var client = new RawHttp(server.port())) {
      client.send(POST + "Content-Length: 3000\r\n\r\n");
      assertThat(dribble(client, "b".repeat(3_000))).isLessThan(3_000);
    }
    assertThat(rejected("body_incomplete")).isEqualTo(1);
  }

  @Test
  void aBodyThatNeverEndsIsAnsweredOrCutOffAtItsLimit() throws Exception {
    try (var client = new RawHttp(server.port())) {
      client.send(POST + "Transfer-Encoding: chunked\r\n\r\n");
      String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
      int sent = 0;
      while (!client.isCutOff() && sent < 10_000) {
        client.send(chunk);
        sent++;
      }
      assertThat(client.isCutOff()).isTrue();
    }
    assertThat(rejected("body_incomplete") + rejected("body_too_large")).isEqualTo(1);
  }

  /// As `docs/reference/failure-modes.md` says that it is seen.
  private long rejected(String reason) throws IOException, InterruptedException {
    String token = Files.readString(server.data().resolve("admin-token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(server.adminUrl().resolve("metrics"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofLines())
          .body()
          .filter(
              line -> line.startsWith("hooklake_events_rejected_total{reason=\"" + reason + "\""))
          .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
          .sum();
    }
  }

  /// Sends a byte at a time until the server has had enough, and says how many it took.
  private static int dribble(RawHttp client, String text) throws IOException {
    int sent = 0;
    while (sent < text.length() && !client.closedWithin(50)) {
      client.send(text.substring(sent, sent + 1));
      sent++;
    }
    return sent;
  }
}
