package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.fake.OpenApi;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages tracked by a whole server: registered on the admin port, reported on the public one.
final class TrackedMessagesTest {
  @TempDir private Path data;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatAProviderReportsIsTheStatusOfARegisteredMessage(TestDatabase engine) throws Exception {
    Map<String, String> database = TrackingServer.databaseUrl(engine);
    try (var server = new TrackingServer(data, database)) {
      server.send("before", "d-1", "sent");
      server.register("42", "d-1");
      server.send("after", "d-1", "delivered");
      server.send("late", "d-1", "sent");

      server.awaitStatus("42", "delivered");
      server.awaitApplied(3);
      assertThat(server.message("42").path("status").asText()).isEqualTo("delivered");
    }
    try (var restarted = new TrackingServer(data, database)) {
      restarted.awaitApplied(3);
      restarted.send("at last", "d-1", "clicked");
      restarted.awaitStatus("42", "clicked");
    }
  }

  @Test
  void whileTheDatabaseIsHeldEventsAreAcceptedAndTheStatusSaysWhatIsWrong() throws Exception {
    try (var server = new TrackingServer(data, Map.of())) {
      server.register("42", "d-1");
      assertToldWhileHeld(server);

      server.awaitStatus("42", "delivered");
      server.awaitConsumer("running");
    }
  }

  private void assertToldWhileHeld(TrackingServer server) throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("operations.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      server.send("one", "d-1", "delivered");

      JsonNode consumer = server.awaitConsumer("backing_off");
      assertThat(consumer.path("lastError").asText()).contains("another process holds it");
      assertThat(consumer.path("nextAttemptAt").isTextual()).isTrue();
      assertThat(consumer.path("lagRecords").asLong()).isEqualTo(1);
      assertThat(server.metrics())
          .contains("hooklake_consumer_lag_records{consumer=\"tracking\"} 1.0");
    }
  }

  @Test
  void whatCameBeforeTrackingWasSwitchedOnIsRebuiltFromTheLandingTable() throws Exception {
    Map<String, String> off = Map.of("MESSAGE_ID_MAPPING_STRATEGY", "off");
    try (var untracked = new TrackingServer(data, off)) {
      untracked.send("one", "d-1", "sent");
      untracked.send("two", "d-1", "delivered");
    }
    try (var untracked = new TrackingServer(data, off)) {
      untracked.await("/api/v1/status", page -> page.at("/journal/firstSequence").asLong() == 3);
    }
    try (var server = new TrackingServer(data, Map.of())) {
      server.register("42", "d-1");
      server.send("three", "d-1", "sent");
      server.awaitApplied(3);
      assertThat(server.message("42").path("status").asText()).isEqualTo("sent");
      assertThat(server.consumer().path("gap").toString()).isEqualTo("{\"first\":1,\"last\":2}");

      assertThat(server.run("messages", "rebuild")).isZero();

      assertThat(server.message("42").path("status").asText()).isEqualTo("delivered");
      server.await("/api/v1/status", page -> page.at("/consumers/0/gap").isNull());
    }
  }

  @Test
  void everyDocumentedPathOfTheAdminPortIsServed() throws Exception {
    try (var server = new TrackingServer(data, Map.of())) {
      for (String path : new OpenApi("admin").paths()) {
        assertThat(server.admin("GET", path.replaceAll("\\{[^}]*}", "x"), "").body())
            .as(path)
            .doesNotContain("nothing is served at this path");
      }
    }
  }
}
