package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.c2s.C2s;
import dev.hooklake.sources.c2s.C2sSettings;
import dev.hooklake.testkit.http.Fault;
import dev.hooklake.testkit.http.Reply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadPollerTest {
  private final ManualClock clock = new ManualClock();
  private final LeadFakes fakes = LeadFakes.fair();
  private final LeadWorld world;
  private final LeadPoller poller;

  LeadPollerTest(@TempDir Path directory) {
    world =
        new LeadWorld(
            TestDatabase.SQLITE.empty(directory),
            fakes.services(),
            LeadWorld.Wishes.usual(),
            clock);
    poller =
        new LeadPoller(
            new LeadPoller.Parts(
                world.crm(),
                new C2s(C2sSettings.of("c2s", List.of())),
                "/api/v1/webhooks/c2s",
                new OwnEvents(world.journal, new SimpleMeterRegistry()),
                world.database,
                Duration.ofMinutes(15),
                clock),
            world.registry);
  }

  @AfterEach
  void close() {
    world.close();
    fakes.close();
  }

  @Test
  void onlyWhatNoWebhookBroughtIsNew() throws Exception {
    changed("brought", Duration.ofMinutes(5));
    changed("lost", Duration.ofMinutes(4));
    changed("long-known", Duration.ofHours(5));
    world.journal.append(List.of(EventCodec.entry(webhook("brought", Duration.ofMinutes(5)))));
    poller.run();
    poller.run();

    assertThat(keys()).containsExactly(key("brought", 5), key("lost", 4));
    assertThat(world.registry.get("hooklake.leads.polled").counter().count()).isEqualTo(1);
  }

  @Test
  void theNextRoundBeginsWhereTheLastWholeOneEnded() throws Exception {
    poller.run();
    changed("first", Duration.ofMinutes(1));
    fakes.crm.next(new Fault.Answered(Reply.text(500, "")));
    poller.run();
    assertThat(keys()).isEmpty();
    clock.advance(Duration.ofHours(3));
    poller.run();
    assertThat(keys()).containsExactly(key("first", 1));
  }

  @Test
  void aFullJournalEndsARoundWhichIsBegunAgain() throws Exception {
    changed("first", Duration.ofMinutes(1));
    world.journal.full = true;
    poller.run();
    world.journal.full = false;
    clock.advance(Duration.ofMinutes(10));
    poller.run();
    assertThat(world.journal.records()).hasSize(1);
  }

  @Test
  void manyPagesAreRead() throws Exception {
    for (int i = 0; i < 120; i++) {
      changed("lead-" + i, Duration.ofMinutes(10).minusSeconds(i));
    }
    poller.run();
    assertThat(world.journal.records()).hasSize(120);
  }

  private void changed(String lead, Duration ago) {
    fakes.crm.lead(LeadWorld.lead(lead, at(ago).toString(), "lead1@example.com", ""));
  }

  private SourceEvent webhook(String lead, Duration ago) {
    return new SourceEvent(
        "c2s",
        lead + ":" + at(ago),
        clock.instant(),
        "/",
        Headers.NONE,
        "application/json",
        Payload.of("{}"));
  }

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private static Instant at(Duration ago) {
    return START.minus(ago);
  }

  private static String key(String lead, int minutesAgo) {
    return lead + ":" + at(Duration.ofMinutes(minutesAgo));
  }

  private List<String> keys() {
    return world.journal.records().stream()
        .map(record -> EventCodec.decode(record.payload()).eventKey())
        .toList();
  }
}
