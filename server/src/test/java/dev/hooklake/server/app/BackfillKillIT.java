package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.FakeMessage;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A backfill of everything, from a provider that lists three weeks of messages; the server is
/// killed in the middle of it. In the end each event is there exactly once.
final class BackfillKillIT {
  private static final int MESSAGES = 22_000;
  private static final int DAYS = 22;
  private static final Set<String> NO_WEBHOOK = Set.of("created", "opened", "clicked");

  private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(2);
  private final LocalDate first = last.minusDays(DAYS - 1);
  private final GeneratedMessages messages =
      new GeneratedMessages(
          5,
          MESSAGES,
          first.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
          Duration.ofDays(DAYS).toSeconds());

  @TempDir private Path folder;

  @Test
  void aBackfillKilledInTheMiddleEndsWithEveryEventOnce() throws Exception {
    try (var fake = new CustomerIoFake(messages, "app-key", InstantSource.system());
        var server = new ReconcilingServer(folder, fake.url())) {
      server.start();
      server.ask("/api/v1/backfills", first, last.plusDays(1));
      server.awaitJob(
          job -> job.path("percent").isNumber() && job.at("/progress/filled").asLong() > 0,
          Program.PATIENCE);
      server.kill();

      server.start();
      JsonNode done = server.awaitJob(ReconcilingServer::isDone, Program.PATIENCE);
      assertThat(done.at("/progress/missing").asLong()).isZero();
      server.stop();

      long facts = messages.all().mapToLong(BackfillKillIT::facts).sum();
      assertThat(
              server.query(
                  "SELECT (SELECT count(*) FROM webhook_landing) AS landed, count(*) AS typed,"
                      + " count(DISTINCT event_id) AS keys FROM email_events"))
          .isEqualTo(facts + "," + facts + "," + facts);
      assertThat(fake.rate().mostInASecond())
          .isLessThanOrEqualTo(CustomerIoFake.REQUESTS_PER_SECOND);
    }
  }

  /// The file of one campaign's deliveries, in several pieces, read by a server that is killed
  /// after the first.
  @Test
  @EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
  void aBackfillFromAnExportKilledInTheMiddleEndsWithEveryEventOnce() throws Exception {
    var many =
        new GeneratedMessages(
            6,
            250_000,
            first.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
            Duration.ofDays(DAYS).toSeconds());
    try (var fake = new CustomerIoFake(many, "app-key", InstantSource.system());
        var server = new ReconcilingServer(folder, fake.url())) {
      server.start();
      server.ask(
          "/api/v1/backfills",
          first,
          last.plusDays(1),
          ",\"export\":{\"of\":\"campaign\",\"id\":3}");
      server.awaitJob(job -> job.at("/progress/filled").asLong() > 0, Program.PATIENCE);
      server.kill();
      long looks = fake.rate().total();

      server.start();
      JsonNode done = server.awaitJob(ReconcilingServer::isDone, Program.PATIENCE);
      assertThat(done.at("/progress/missing").asLong()).isZero();
      assertThat(fake.rate().total() - looks)
          .as("the file is on the disk: webhooks and nothing else are asked for")
          .isEqualTo(1);
      server.stop();

      long facts =
          many.all()
              .filter(message -> Long.valueOf(3).equals(message.parent().get("campaign_id")))
              .mapToLong(BackfillKillIT::facts)
              .sum();
      assertThat(
              server.query(
                  "SELECT (SELECT count(*) FROM webhook_landing) AS landed, count(*) AS typed,"
                      + " count(DISTINCT event_id) AS keys FROM email_events"))
          .isEqualTo(facts + "," + facts + "," + facts);
      assertThat(folder.resolve("data").resolve("exports")).isEmptyDirectory();
    }
  }

  private static long facts(FakeMessage message) {
    return message.metrics().keySet().stream().filter(name -> !NO_WEBHOOK.contains(name)).count();
  }
}
