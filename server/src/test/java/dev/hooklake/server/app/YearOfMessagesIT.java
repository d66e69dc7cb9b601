package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.FakeMessage;
import dev.hooklake.testkit.customerio.FakeMessages;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A year of a million messages: first the tables are filled from a list that hides one delivery in
/// two hundred, then reconciliation must find just those, within the provider's rate and in bounded
/// memory.
final class YearOfMessagesIT {
  private static final int MESSAGES = Integer.getInteger("hooklake.year.messages", 1_000_000);
  private static final int DAYS = 365;
  private static final int HIDDEN_ONE_IN = 200;
  private static final long MOST_MEBIBYTES = 2_048;
  private static final Duration PATIENCE = Duration.ofHours(2);

  private final LocalDate last = LocalDate.now(ZoneOffset.UTC).minusDays(2);
  private final LocalDate first = last.minusDays(DAYS - 1);
  private final Hiding messages =
      new Hiding(
          new GeneratedMessages(
              9,
              MESSAGES,
              first.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
              Duration.ofDays(DAYS).toSeconds()));

  @TempDir private Path folder;

  @Test
  @EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
  void whatIsMissingOfAYearIsFoundWithinRateAndMemory() throws Exception {
    try (var fake = new CustomerIoFake(messages, "app-key", InstantSource.system());
        var server = new ReconcilingServer(folder, fake.url())) {
      server.start();
      server.ask("/api/v1/backfills", first, last);
      JsonNode filled = server.awaitJob(ReconcilingServer::isDone, PATIENCE);
      report("backfill", filled, server);
      server.stop();

      messages.hides = false;
      server.start();
      server.ask("/api/v1/reconciliations", first, last);
      JsonNode found = server.awaitJob(ReconcilingServer::isDone, PATIENCE);
      report("reconciliation", found, server);
      assertThat(found.at("/progress/missing").asLong()).isEqualTo(messages.hidden());
      assertThat(server.peakMebibytes()).isLessThan(MOST_MEBIBYTES);
      assertThat(fake.rate().mostInASecond())
          .isLessThanOrEqualTo(CustomerIoFake.REQUESTS_PER_SECOND);
      System.out.println(
          "requests " + fake.rate().total() + ", most in a second " + fake.rate().mostInASecond());
      server.stop();
    }
  }

  private static void report(String what, JsonNode job, ReconcilingServer server) throws Exception {
    System.out.println(what + " " + job + ", peak " + server.peakMebibytes() + " MiB");
  }

  /// Hides the delivery of one message in two hundred, for as long as told.
  private static final class Hiding implements FakeMessages {
    private final GeneratedMessages all;
    private volatile boolean hides = true;

    Hiding(GeneratedMessages all) {
      this.all = all;
    }

    long hidden() {
      return all.all().filter(Hiding::isChosen).count();
    }

    private static boolean isChosen(FakeMessage message) {
      return message.metrics().containsKey("delivered")
          && Math.floorMod(message.id().hashCode(), HIDDEN_ONE_IN) == 0;
    }

    private FakeMessage shown(FakeMessage message) {
      if (!hides || !isChosen(message)) {
        return message;
      }
      var fewer = new LinkedHashMap<>(message.metrics());
      fewer.remove("delivered");
      return new FakeMessage(
          message.id(),
          message.type(),
          message.person(),
          message.parent(),
          message.recipient(),
          message.subject(),
          message.created(),
          fewer,
          message.failureMessage());
    }

    @Override
    public List<FakeMessage> page(long from, long to, long after, int limit) {
      return all.page(from, to, after, limit).stream().map(this::shown).toList();
    }

    @Override
    public Optional<FakeMessage> byId(String id) {
      return all.byId(id).map(this::shown);
    }

    @Override
    public Stream<FakeMessage> all() {
      return all.all().map(this::shown);
    }
  }
}
