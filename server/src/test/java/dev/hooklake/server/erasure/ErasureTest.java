package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.maintenance.LakeMaintenanceSettings;
import dev.hooklake.server.maintenance.MaintenancePacing;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  private static final String EMAIL = "ann@example.com";
  private static final Decoding.NotUnderstood NOT_UNDERSTOOD =
      new Decoding.NotUnderstood(Decoding.Reason.NOT_JSON, "it should be understood");
  private static final Person ANN =
      new Person(Set.of(EMAIL), Set.of(), Set.of(), Set.of(), Set.of());

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final List<PersonRows> askedOfStore = new ArrayList<>();
  private final ReentrantReadWriteLock copying = new ReentrantReadWriteLock(true);
  private EmbeddedJournal journal;
  private Lake lake;
  private boolean storeFails;
  private boolean maintained = true;
  private BeforeTables beforeTables = () -> {};

  private interface BeforeTables {
    void run() throws IOException;
  }

  @BeforeEach
  void threeEventsOneOfThemAnns() throws Exception {
    var settings = JournalSettings.of(folder.resolve("journal"), 1L << 30, Set.of("lake", "other"));
    journal = EmbeddedJournal.open(settings, new FileDisk(), clock);
    lake = Lake.open(LakeSettings.in(folder.resolve("lake")), journal.id(), clock);
    for (String body : List.of("{}", "{\"to\":\"" + EMAIL + "\"}", "{\"to\":\"bo@example.com\"}")) {
      journal.append(List.of(entry(body)));
    }
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
    journal.close();
  }

  @Test
  void whatConsumersHaveNotReadYetIsOverwrittenAndTheyNeedNotBeWaitedFor() throws Exception {
    ErasureReceipt receipt = alone().erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.journalRecords()).isEqualTo(1);
    assertThat(receipt.complete()).isTrue();
    assertThat(receipt.identifiers()).isEqualTo(1);
    List<JournalRecord> records =
        journal.consumer("lake", 0).read(10, 1 << 20, Duration.ofSeconds(30));
    assertThat(records).extracting(JournalRecord::erased).containsExactly(false, true, false);
  }

  @Test
  void anErasureWaitsUntilAllThatWasReadIsStored() throws Exception {
    JournalConsumer reader = journal.consumer("lake", 0);
    journal.consumer("other", 3);
    List<JournalRecord> read = reader.read(10, 1 << 20, Duration.ofSeconds(30));
    var waits = new int[1];

    ErasureReceipt receipt =
        beside(
                time -> {
                  // The consumer's batch, read before, arrives in the lake only now.
                  if (waits[0]++ == 2) {
                    land(read);
                    reader.passed(3);
                  }
                })
            .erase(UUID.randomUUID(), ANN, true);

    assertThat(waits[0]).isEqualTo(3);
    assertThat(receipt.behind()).isEmpty();
    assertThat(receipt.tables()).containsEntry("webhook_landing", 1L);
    assertThat(receipt.goneFromDiskBy()).isNull();
    assertThat(rows(Tables.LANDING)).isEqualTo(2);
  }

  @Test
  void aConsumerThatDoesNotStoreWhatItReadIsNamedAndTheRestIsDone() throws Exception {
    JournalConsumer reader = journal.consumer("lake", 0);
    land(reader.read(10, 1 << 20, Duration.ofSeconds(30)));
    reader.passed(3);
    journal.consumer("other", 0);

    ErasureReceipt receipt = beside(clock::advance).erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.behind()).containsExactly("other");
    assertThat(receipt.complete()).isFalse();
    assertThat(receipt.tables()).containsEntry("webhook_landing", 1L);
    assertThat(Instant.parse(receipt.goneFromDiskBy()))
        .as("kept for three days, looked for every six hours, in rounds a minute apart")
        .isEqualTo(
            Instant.parse(receipt.endedAt()).plus(Duration.ofDays(3)).plusSeconds(6 * 3600 + 60));
  }

  @Test
  void whereNothingDeletesOlderVersionsTheReceiptSaysSo() throws Exception {
    maintained = false;

    ErasureReceipt receipt = alone().erase(UUID.randomUUID(), ANN, false);
    assertThat(receipt.goneFromDiskBy()).isNull();
    assertThat(receipt.olderVersionsStay()).isTrue();
    assertThat(receipt.complete()).isFalse();

    ErasureReceipt purged = alone().erase(UUID.randomUUID(), ANN, true);
    assertThat(purged.olderVersionsStay()).isFalse();
    assertThat(purged.complete()).isTrue();
  }

  @Test
  void whatAStoreCouldNotDoIsDoneWhenItIsAskedAgain() throws Exception {
    land(journal.consumer("lake", 0).read(10, 1 << 20, Duration.ofSeconds(30)));
    storeFails = true;
    assertThatThrownBy(() -> alone().erase(UUID.randomUUID(), ANN, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("injected");
    storeFails = false;

    ErasureReceipt receipt = alone().erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.stores()).containsEntry("test", 7L);
    assertThat(receipt.rows()).isEqualTo(2);
    assertThat(askedOfStore.getLast().events()).hasSize(1);
  }

  /// Its row in quarantine names nobody: only landing's tells that it is hers.
  @Test
  void brokenOffBetweenTwoTablesTheNextOneStillFindsTheRest() throws Exception {
    land(journal.consumer("lake", 0).read(10, 1 << 20, Duration.ofSeconds(30)));
    beforeTables = () -> Files.createDirectory(nextCommitOf(Tables.QUARANTINE));
    assertThatThrownBy(() -> alone().erase(UUID.randomUUID(), ANN, false))
        .isInstanceOf(IOException.class);
    Files.delete(nextCommitOf(Tables.QUARANTINE));
    beforeTables = () -> {};

    alone().erase(UUID.randomUUID(), ANN, false);

    assertThat(rows(Tables.LANDING)).isEqualTo(2);
    assertThat(rows(Tables.QUARANTINE)).isEqualTo(2);
  }

  private Path nextCommitOf(Table table) {
    return folder
        .resolve("lake")
        .resolve(table.path())
        .resolve("_delta_log/%020d.json".formatted(1));
  }

  @Test
  void aNameOfACampaignThatNamesThePersonGoesAndNoOther() throws Exception {
    lake.replacePartition(
        Tables.NAMES, "test", List.of(name(1, "Welcome"), name(2, "Proof for " + EMAIL)));

    ErasureReceipt receipt = alone().erase(UUID.randomUUID(), ANN, false);

    assertThat(receipt.tables()).containsExactly(Map.entry("provider_names", 1L));
    assertThat(rows(Tables.NAMES)).isEqualTo(1);
    assertThat(alone().erase(UUID.randomUUID(), ANN, false).rows()).isZero();
  }

  private Row name(long id, String name) {
    return Row.in(Tables.NAMES)
        .set("kind", "campaign")
        .set("id", id)
        .set("parent_id", 0L)
        .set("name", name)
        .set("seen_at", clock.instant())
        .set("source", "test")
        .build();
  }

  @Test
  void whatAKilledMaintenanceLeftOnThisDiskGoes() throws Exception {
    Path left = Files.createDirectories(folder.resolve("scratch/run-1")).resolve("merged.parquet");
    Files.writeString(left, EMAIL);

    alone().erase(UUID.randomUUID(), ANN, false);

    assertThat(left).doesNotExist();
  }

  @Test
  void aDamagedCopyThatNamesThePersonIsDeletedAndOthersStay() throws Exception {
    Path damaged = Files.createDirectories(folder.resolve("journal/damaged"));
    String noise = "x".repeat((1 << 20) - 4);
    Files.writeString(
        damaged.resolve("named"), noise + "{\"to\":\"ann\\u0040example.com\"}" + noise);
    Files.writeString(damaged.resolve("other"), noise + noise);

    assertThat(alone().erase(UUID.randomUUID(), ANN, false).damagedCopies()).isEqualTo(1);
    assertThat(damaged.resolve("named")).doesNotExist();
    assertThat(damaged.resolve("other")).exists();
  }

  @Test
  void theDeskTakesOneAtATimeKeepsTheReceiptAndSaysWhyOneFailed() throws Exception {
    var receipts = new ErasureReceipts(folder.resolve("erasures"));
    var goOn = new CountDownLatch(1);
    var consumers = journal.consumer("lake", 0);
    journal.consumer("other", 3);
    land(consumers.read(10, 1 << 20, Duration.ofSeconds(30)));
    try (var desk =
        new ErasureDesk(
            pause ->
                beside(time -> {
                  goOn.await();
                  consumers.passed(3);
                }),
            receipts)) {
      ErasureDesk.Job job = desk.begin(ANN, false).orElseThrow();
      assertThat(desk.begin(ANN, false)).isEmpty();
      goOn.countDown();
      assertThat(ended(desk, job).state()).isEqualTo("done");
      assertThat(receipts())
          .singleElement()
          .asString()
          .contains("\"journalRecords\" : 1")
          .doesNotContain("ann");

      storeFails = true;
      ErasureDesk.Job failed = ended(desk, desk.begin(ANN, false).orElseThrow());
      assertThat(failed.state()).isEqualTo("failed");
      assertThat(failed.failure()).contains("injected");
      assertThat(desk.find(job.id())).isEmpty();
    }
  }

  private List<String> receipts() throws IOException {
    var texts = new ArrayList<String>();
    try (var files = Files.list(folder.resolve("erasures"))) {
      for (Path file : files.toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  private static ErasureDesk.Job ended(ErasureDesk desk, ErasureDesk.Job job) {
    Instant deadline = Instant.now().plusSeconds(60);
    Optional<ErasureDesk.Job> now = desk.find(job.id());
    while (now.orElseThrow().state().equals("running")) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.onSpinWait();
      now = desk.find(job.id());
    }
    return now.get();
  }

  private Erasure alone() {
    return Erasure.alone(places(), clock);
  }

  /// What is copied from the lake while it removes would stay.
  @Test
  void nothingIsRemovedWhileSomebodyCopiesFromTheLake() throws Exception {
    land(journal.consumer("lake", 0).read(10, 1 << 20, Duration.ofSeconds(30)));
    journal.consumer("other", 3);
    var erasure =
        new FutureTask<>(() -> beside(clock::advance).erase(UUID.randomUUID(), ANN, false));
    copying.readLock().lock();
    try {
      Thread.ofVirtual().start(erasure);
      while (!copying.hasQueuedThreads()) {
        assertThat(erasure.isDone()).isFalse();
        Thread.onSpinWait();
      }
      assertThat(askedOfStore).isEmpty();
      assertThat(rows(Tables.LANDING)).isEqualTo(3);
    } finally {
      copying.readLock().unlock();
    }

    assertThat(erasure.get(60, TimeUnit.SECONDS).tables()).containsEntry("webhook_landing", 1L);
  }

  private Erasure beside(Erasure.Pause pause) {
    return Erasure.besideConsumers(places(), clock, copying.writeLock(), pause);
  }

  private Erasure.Places places() {
    return new Erasure.Places(
        new Erasure.Records(
            journal, new RecordDecoder(Map.of()), folder.resolve("journal/damaged")),
        lake,
        List.of(new TestStore()),
        new LakeMaintenanceSettings(
            maintained,
            new MaintenancePacing(Duration.ofMinutes(1), Duration.ofHours(6)),
            MaintenanceSettings.usual(folder.resolve("scratch"))),
        folder.resolve("erasures/unfinished.json"));
  }

  private void land(List<JournalRecord> records) throws InterruptedException {
    var rows = new ArrayList<Batch.SequencedRow>();
    for (JournalRecord record : records) {
      SourceEvent event = EventCodec.decode(record.payload());
      rows.add(
          new Batch.SequencedRow(record.sequence(), LandingRows.landing(event, record.sequence())));
      rows.add(
          new Batch.SequencedRow(
              record.sequence(),
              LandingRows.quarantine(event, record.sequence(), NOT_UNDERSTOOD, clock.instant())));
    }
    assertThat(lake.commit(new Batch(1, 3, rows))).isEqualTo(new CommitOutcome.Committed(3));
  }

  private long rows(Table table) throws IOException {
    return LakeReader.open(LakeSettings.in(folder.resolve("lake")))
        .snapshot(table)
        .orElseThrow()
        .files()
        .stream()
        .mapToLong(file -> file.rows())
        .sum();
  }

  private Entry entry(String body) {
    String key = UUID.nameUUIDFromBytes(body.getBytes(UTF_8)).toString();
    var event =
        new SourceEvent("test", key, clock.instant(), "/", Headers.NONE, "", Payload.of(body));
    return new Entry(EventKey.of("test", key), EventCodec.encode(event));
  }

  private final class TestStore implements Erasable {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public long erase(Person person, PersonRows rows) throws IOException {
      askedOfStore.add(rows);
      if (storeFails) {
        throw new IOException("injected: the store is down");
      }
      beforeTables.run();
      return 7;
    }
  }
}
