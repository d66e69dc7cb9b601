package dev.hooklake.server.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.operations.DatabaseConsumer;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadIntakeTest {
  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);

  @Test
  void anErasedEventIsPassedOverAndThoseAroundItAreStored(@TempDir Path directory)
      throws Exception {
    journal.append(
        List.of(
            EventCodec.entry(event("a")),
            erased(EventCodec.entry(event("b"))),
            EventCodec.entry(event("c"))));
    try (OperationsDatabase database =
        OperationsDatabase.open(TestDatabase.SQLITE.empty(directory))) {
      var intake = new LeadIntake(Set.of("c2s"), true, () -> {}, new SimpleMeterRegistry());
      var consumer =
          new DatabaseConsumer(
              new DatabaseConsumer.Parts(LeadIntake.NAME, journal, database, intake, clock));

      assertThat(consumer.step(Duration.ZERO)).isEqualTo(3);
      assertThat(consumer.position()).isEqualTo(3);
      List<String> leads =
          database.read(handle ->
              handle
                  .createQuery("SELECT lead_id FROM webhook_events ORDER BY lead_id")
                  .mapTo(String.class)
                  .list());
      assertThat(leads).containsExactly("a", "c");
    }
  }

  /// As an erasure leaves it: the key stays, the payload is zeros.
  private static Entry erased(Entry entry) {
    return new Entry(entry.key(), ByteBuffer.allocate(entry.payload().remaining()));
  }

  private SourceEvent event(String lead) {
    String body =
        "{\"id\":\"%s\",\"attributes\":{\"updated_at\":\"2026-01-15T10:00:00Z\"}}".formatted(lead);
    return new SourceEvent(
        "c2s",
        lead,
        clock.instant(),
        "/api/v1/webhooks/c2s",
        Headers.NONE,
        "application/json",
        Payload.of(body));
  }
}
