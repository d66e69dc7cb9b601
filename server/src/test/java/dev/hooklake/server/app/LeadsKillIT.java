package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.testkit.http.CallTimes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The real program, killed while it waits for an answer: of the finder, of the register, and of
/// the CRM, which has taken the note by then. With `-Dhooklake.long=true` at every call of two
/// leads in a row.
@EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
final class LeadsKillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final boolean LONG = Boolean.getBoolean("hooklake.long");

  @TempDir private Path folder;
  private int sent;

  @Test
  void wheneverItIsKilledEachLeadEndsWithOneNote() throws Exception {
    try (LeadServices services = LeadServices.open();
        HttpClient http = HttpClient.newHttpClient()) {
      var server = new ServerProcess(folder, Map.of("WEBHOOK_SECRET", "example-token"));
      Files.writeString(
          folder.resolve("hooklake.yaml"),
          LeadServer.enrichment(services),
          StandardOpenOption.APPEND);
      List<CallTimes> killers = killers(services);
      server.start();
      List<JsonNode> ended = List.of();
      for (int i = 0; i < killers.size(); i++) {
        killAndRestart(server, killers.get(i), () -> send(http, server, services));
        ended = awaitEnded(http, server, i + 1);
      }
      server.stop();

      assertThat(ended)
          .extracting(event -> event.path("outcome").asText())
          .containsOnly("enriched");
      for (int i = 0; i < killers.size(); i++) {
        assertThat(services.crm().notes("lead-" + i)).as("lead-%d", i).hasSize(1);
      }
    }
  }

  private static List<CallTimes> killers(LeadServices services) {
    List<CallTimes> once =
        List.of(services.finder().calls(), services.register().calls(), services.crm().calls());
    List<CallTimes> killers = new ArrayList<>(once);
    if (LONG) {
      killers.addAll(once);
      killers.addAll(once);
    }
    return killers;
  }

  private interface Sending {
    void send() throws IOException, InterruptedException;
  }

  private static void killAndRestart(ServerProcess server, CallTimes calls, Sending sending)
      throws Exception {
    var killed = new CountDownLatch(1);
    calls.at(calls.total() + 1, () -> kill(server, killed));
    sending.send();
    assertThat(killed.await(2, TimeUnit.MINUTES)).as("the call came").isTrue();
    server.start();
  }

  private static void kill(ServerProcess server, CountDownLatch killed) {
    try {
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    killed.countDown();
  }

  private void send(HttpClient http, ServerProcess server, LeadServices services)
      throws IOException, InterruptedException {
    String body = services.lead("lead-" + sent++, "lead1@example.com", "5511900000001");
    URI url = server.publicUrl().resolve("/api/v1/webhooks/c2s?token=example-token");
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static List<JsonNode> awaitEnded(HttpClient http, ServerProcess server, int events)
      throws IOException, InterruptedException {
    String token = Files.readString(server.data().resolve("admin-token")).strip();
    Instant latest = Instant.now().plus(Duration.ofMinutes(3));
    while (true) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(server.adminUrl().resolve("/api/v1/leads"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofString());
      JsonNode page = JSON.readTree(answer.body()).path("events");
      boolean all = page.valueStream().allMatch(event -> event.path("processedAt").isTextual());
      if (all && page.size() == events) {
        return page.valueStream().toList();
      }
      assertThat(Instant.now()).as("still %s", page).isBefore(latest);
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
  }
}
