package dev.hooklake.server.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalConsumer;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.journal.JournalSettings;
import dev.hooklake.journal.disk.FileDisk;
import dev.hooklake.lake.Batch;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.Maintenance;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.server.fake.EverythingBelow;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.maintenance.MaintenancePacing;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of three events of delivery d-1 one names Ann; only another one is in the lake yet.
class DeliveryErasureTest {
  private static final String EMAIL = "ann@example.com";
  private static final Person ANN =
      new Person(Set.of(EMAIL), Set.of(), Set.of(), Set.of(), Set.of());

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final RecordDecoder decoder =
      new RecordDecoder(
          Map.of(
              "customerio",
              new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("k"))))));
  private EmbeddedJournal journal;
  private Lake lake;

  @BeforeEach
  void theFirstEventHasLanded() throws Exception {
    var settings = JournalSettings.of(folder.resolve("journal"), 1L << 30, Set.of("lake", "other"));
    journal = EmbeddedJournal.open(settings, new FileDisk(), clock);
    lake = Lake.open(LakeSettings.in(folder.resolve("lake")), journal.id(), clock);
    append("n1", "d-1", "null");
    append("n2", "d-1", "\"" + EMAIL + "\"");
    append("n3", "d-1", "null");
    append("n4", "d-2", "null");
    land(1, 1);
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
    journal.close();
  }

  @Test
  void aDeliveryOfWhichOnlyTheJournalTellsGoesWhole() throws Exception {
    ErasureReceipt receipt = Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.tables())
        .containsOnly(Map.entry("email_events", 1L), Map.entry("webhook_landing", 1L));
    assertThat(erased()).containsExactly(true, true, true, false);
    assertThat(folder.resolve("erasures/unfinished.json")).doesNotExist();
  }

  /// What told of her delivery is overwritten by then.
  @Test
  void brokenOffAfterTheJournalTheNextOneStillFindsTheRestOfTheDelivery() throws Exception {
    journal.consumer("other", 4);
    var stops = new IllegalStateException("injected: the server is killed");
    Erasure killed =
        Erasure.besideConsumers(
            places(),
            clock,
            new ReentrantLock(),
            _ -> {
              throw stops;
            });
    assertThatThrownBy(() -> killed.erase(UUID.randomUUID(), ANN, false)).isSameAs(stops);
    assertThat(erased()).containsExactly(false, true, false, false);
    assertThat(new EverythingBelow(folder).holding(List.of(EMAIL))).isEmpty();

    ErasureReceipt receipt = Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.tables())
        .containsOnly(Map.entry("email_events", 1L), Map.entry("webhook_landing", 1L));
    assertThat(erased()).containsExactly(true, true, true, false);
    assertThat(folder.resolve("erasures/unfinished.json")).doesNotExist();
  }

  /// As the receipt promises: what `--now` does at once, maintenance does in time.
  @Test
  void withoutNowNoByteIsLeftOnceMaintenanceHasCleaned() throws Exception {
    append("o1", "d-3", "\"bo@example.com\"");
    land(2, 5);
    Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, false);
    var everything = new EverythingBelow(folder);
    assertThat(everything.holding(List.of(EMAIL))).as("older versions").isNotEmpty();

    InstantSource afterwards = InstantSource.offset(InstantSource.system(), Duration.ofDays(4));
    LakeSettings settings = LakeSettings.in(folder.resolve("lake"));
    try (Lake later = Lake.open(settings, journal.id(), afterwards)) {
      Maintenance maintenance = later.maintenance(places().upkeep().lake());
      for (Table table : Tables.readable()) {
        maintenance.clean(table, _ -> {});
      }
    }

    assertThat(everything.holding(List.of(EMAIL))).isEmpty();
    assertThat(everything.holding(List.of("bo@example.com"))).isNotEmpty();
  }

  @Test
  void anEmptyPlaceIsNotTakenForALakeWithoutThePerson() throws Exception {
    landAndReleaseAll();

    for (String place : List.of("missing", "empty")) {
      lake.close();
      LakeSettings settings = LakeSettings.in(folder.resolve(place));
      lake =
          place.equals("empty")
              ? Lake.open(settings, journal.id(), clock)
              : Lake.openExisting(settings, journal.id(), clock);
      assertThatThrownBy(() -> Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, false))
          .as(place)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("volume mounted");
    }
  }

  /// What the missing commits hold would be taken for leftovers.
  @Test
  void inAnOlderCopyOfTheLakeNothingIsErased() throws Exception {
    landAndReleaseAll();
    lake.close();
    Path log = folder.resolve("lake/webhook_landing/_delta_log");
    Files.delete(log.resolve("%020d.json".formatted(1)));
    Files.delete(log.resolve("%020d.crc".formatted(1)));
    int files = dataFiles().size();
    lake = Lake.open(LakeSettings.in(folder.resolve("lake")), journal.id(), clock);

    assertThatThrownBy(() -> Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("up to 1, although those up to 4 were landed");
    assertThat(dataFiles()).hasSize(files);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> tree = Files.walk(folder.resolve("lake"))) {
      return tree.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private void landAndReleaseAll() throws Exception {
    land(2, 4);
    journal.erase(_ -> false); // Seals the segment, so that it can be released.
    journal.consumer("lake", 4);
    journal.consumer("other", 4);
    while (journal.status().firstSequence() == 1) {
      Thread.onSpinWait();
    }
  }

  /// The journal has given nothing away yet; only what this lake has seen of itself tells.
  @Test
  void norIsAnEmptyPlaceUnderARunningServer() throws Exception {
    Path root = folder.resolve("lake");
    Files.move(root, folder.resolve("away"));
    Files.createDirectory(root);

    assertThatThrownBy(() -> Erasure.alone(places(), clock).erase(UUID.randomUUID(), ANN, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("volume mounted");
    assertThat(erased()).containsExactly(false, false, false, false);
  }

  private Erasure.Places places() {
    return new Erasure.Places(
        new Erasure.Records(journal, decoder, folder.resolve("journal/damaged")),
        lake,
        List.of(),
        new LakeMaintenanceSettings(
            true,
            new MaintenancePacing(Duration.ofMinutes(1), Duration.ofHours(6)),
            MaintenanceSettings.usual(folder.resolve("scratch"))),
        folder.resolve("erasures/unfinished.json"));
  }

  private void append(String id, String delivery, String email) throws Exception {
    String body =
        """
        {"event_id":"%s","object_type":"email","metric":"delivered","timestamp":1767603757,
         "data":{"delivery_id":"%s","recipient":"someone","identifiers":{"id":"c-1","email":%s}}}
        """
            .formatted(id, delivery, email);
    var event =
        new SourceEvent("customerio", id, clock.instant(), "/", Headers.NONE, "", Payload.of(body));
    journal.append(List.of(new Entry(EventKey.of(event.source(), id), EventCodec.encode(event))));
  }

  /// As a server does.
  private void land(int first, int last) throws Exception {
    var rows = new ArrayList<Batch.SequencedRow>();
    List<JournalRecord> records =
        journal.consumer("lake", first - 1).read(last - first + 1, 1 << 20, PATIENCE);
    for (JournalRecord record : records) {
      long sequence = record.sequence();
      SourceEvent event = EventCodec.decode(record.payload());
      rows.add(new Batch.SequencedRow(sequence, LandingRows.landing(event, sequence)));
      rows.add(new Batch.SequencedRow(sequence, decoder.derived(event, sequence, clock.instant())));
    }
    assertThat(lake.commit(new Batch(first, last, rows)))
        .isEqualTo(new CommitOutcome.Committed(last));
  }

  private List<Boolean> erased() throws Exception {
    JournalConsumer reader = journal.consumer("lake", 0);
    return reader.read(100, 1 << 20, PATIENCE).stream().map(JournalRecord::erased).toList();
  }
}
