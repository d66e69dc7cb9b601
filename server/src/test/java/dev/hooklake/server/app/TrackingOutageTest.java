package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A PostgreSQL server that stops under a server that tracks, and comes back.
final class TrackingOutageTest {
  @TempDir private Path data;
  @TempDir private Path postgres;

  @Test
  void whileTheDatabaseIsAwayTheJournalAcceptsAndNothingIsMissingAfterwards() throws Exception {
    int port = freePort();
    String url = "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
    EmbeddedPostgres database = start(port);
    try (var server = new TrackingServer(data, Map.of("DB_URL", url))) {
      server.register("42", "d-1");
      server.send("one", "d-1", "sent");
      server.awaitStatus("42", "sent");

      database.close();
      server.send("two", "d-1", "delivered");
      JsonNode consumer = server.awaitConsumer("backing_off");
      assertThat(consumer.path("lastError").asText())
          .contains("127.0.0.1:" + port)
          .doesNotContain("postgres:postgres");
      assertThat(consumer.path("lagRecords").asLong()).isEqualTo(1);
      assertThat(server.admin("GET", "/api/v1/messages/42", "").statusCode()).isEqualTo(503);
      server.send("three", "d-1", "opened");

      database = start(port);
      server.awaitStatus("42", "opened");
      assertThat(server.message("42").has("deliveredAt")).isTrue();
    } finally {
      database.close();
    }
  }

  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(postgres.resolve("data"))
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setPort(port)
        .setPGStartupWait(Duration.ofMinutes(1))
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
