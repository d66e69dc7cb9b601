package dev.hooklake.server.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.providers.Pace;
import dev.hooklake.providers.Pauses;
import dev.hooklake.providers.customerio.CustomerIoApi;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.reconciliation.ExportPart.Of;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJob.State;
import dev.hooklake.server.reconciliation.HistoryJobs.Wish;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.FakeMessage;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backfills from exports, asked for and read by HTTP, and from files; without a lake.
final class ExportBackfillTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 9, 20);
  private static final LocalDate DAY = TODAY.minusDays(10);
  private static final ExportPart CAMPAIGN = new ExportPart(Of.CAMPAIGN, 3, null, null);
  private static final ExportPart FILE = new ExportPart(Of.FILE, 0, null, null);
  private static final Set<String> NO_WEBHOOK = Set.of("created", "opened", "clicked");
  private static final String HEAD = "delivery_id,type,sent,transactional_message_id\n";

  @TempDir private Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-09-20T10:00:00Z"));
  private final GeneratedMessages messages =
      new GeneratedMessages(
          11,
          2_000,
          DAY.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
          Duration.ofDays(5).toSeconds());
  private final KeyedJournal journal = new KeyedJournal();
  private OperationsDatabase database;
  private CustomerIoFake fake;

  @BeforeEach
  void open() {
    database = OperationsDatabase.open(TestDatabase.SQLITE.empty(folder));
    fake = new CustomerIoFake(messages, "app-key", now::get, 1_000);
  }

  @AfterEach
  void close() {
    fake.close();
    database.close();
  }

  @Test
  void anExportFillsWhatIsMissingAndASecondOneChangesNothing() throws Exception {
    fake.exportsTake(3);
    HistoryJob done = run(backfill(CAMPAIGN, false));
    assertThat(done.failure()).isNull();
    assertThat(done.progress().filled()).isEqualTo(factsOfCampaign());
    assertThat(done.progress().missing()).isZero();
    assertThat(done.note()).matches("columns that are not used: \\(column \\d+\\)");
    assertThat(journal.events).hasSize((int) factsOfCampaign());
    assertThat(exportFiles()).isEmpty();

    HistoryJob again = run(backfill(CAMPAIGN, false));
    assertThat(again.progress().filled()).isZero();
    assertThat(again.progress().matched()).isEqualTo(factsOfCampaign());
    assertThat(journal.events).hasSize((int) factsOfCampaign());
  }

  @Test
  void aListAndAnExportNeverMakeTwoEventsOfAFactWhicheverIsFirst() throws Exception {
    run(backfill(CAMPAIGN, false));
    List<String> fromExport = keys();
    run(new Wish(Kind.BACKFILL, "customerio", DAY, TODAY, false, "person"));
    List<String> all = keys();
    assertThat(all).doesNotHaveDuplicates().hasSize((int) facts()).containsAll(fromExport);
    run(backfill(CAMPAIGN, false));
    assertThat(keys()).isEqualTo(all);

    journal.events.clear();
    HistoryJob anew = run(backfill(CAMPAIGN, false));
    assertThat(anew.progress().missing()).as("the journal knows every key").isPositive();
    assertThat(journal.events).isEmpty();
  }

  @Test
  void aWebhookThatCameIsNotFetched() throws Exception {
    Instant sent = Instant.parse("2026-09-15T10:00:00Z");
    var came = new Listing.Message("d1", sent, List.of(new Fact("sent", Doer.ANYONE, sent)));
    journal.events.add(came.webhook(came.facts().getFirst()));
    HistoryJob done = run(file(HEAD + "d1,email,1789466400,7\nd2,email,2026-09-15T10:00:01Z,7\n"));
    assertThat(done.progress().filled()).isEqualTo(1);
    assertThat(journal.events).hasSize(2);
    SourceEvent filled = journal.events.getLast();
    assertThat(filled.eventKey()).isEqualTo("backfill:d2:sent");
    var understood =
        (Decoding.Understood) ListedMessageTest.customerIoSource().decode(filled, now.get());
    assertThat(understood.row().value("transactional_message_id")).isEqualTo(7L);
  }

  @Test
  void anExportWithoutDeliveriesSaysSo() throws Exception {
    HistoryJob empty = run(backfill(new ExportPart(Of.NEWSLETTER, 999, null, null), false));
    assertThat(empty.state()).isEqualTo(State.DONE);
    assertThat(empty.note()).contains("the file holds no delivery");
  }

  @Test
  void aDryRunOnlyCounts() throws Exception {
    HistoryJob dry = run(backfill(CAMPAIGN, true));
    assertThat(dry.progress().filled()).isEqualTo(factsOfCampaign());
    assertThat(journal.events).isEmpty();
  }

  @Test
  void aDryRunThatWasKilledCountsNothingTwice() throws Exception {
    HistoryJob killed =
        backfill(CAMPAIGN, true)
            .job("dry", new HeldEvents.Days(DAY, TODAY), now.get())
            .at(null, new HistoryJob.Progress(9, 9, 0, 9, 0, 9, 1))
            .in(State.RUNNING, new HistoryJob.Times(now.get(), now.get(), null), null);
    new HistoryJobRows(database).store(killed);
    try (HistoryJobs jobs = start()) {
      assertThat(awaitEnd(jobs, "dry").progress().filled()).isEqualTo(factsOfCampaign());
    }
  }

  @Test
  void rowsThatCannotBeReadFailTheJobAfterTheOthersAreFilled() throws Exception {
    HistoryJob failed =
        run(
            file(
                HEAD
                    + "d1,email,1,\nd2,EMAIL,1789466400,\nd3,email,,x\nd4,Inbox,1789466400,\n"
                    + "d5,Ana,1789466400,\n"));
    assertThat(failed.state()).isEqualTo(State.FAILED);
    assertThat(failed.failure())
        .contains("3 of 5 rows cannot be read")
        .contains("line 2: sent is no time", "line 4: transactional_message_id is no number")
        .contains("line 6: type is no kind of message")
        .doesNotContain("Ana");
    assertThat(failed.note())
        .isEqualTo("1 rows are of kinds of messages that have no webhooks: inbox");
    assertThat(keys()).containsExactly("backfill:d2:sent");
  }

  @Test
  void aFileThatNobodyAskedAboutGoesAfterADayAlsoWhileTheServerRuns() throws Exception {
    var list = new Wish(Kind.RECONCILIATION, "customerio", DAY, DAY, false, "person");
    try (HistoryJobs jobs = start()) {
      awaitEnd(jobs, jobs.ask(list).id());
      Path left = folder.resolve("exports").resolve(added(HEAD));
      Files.setLastModifiedTime(left, FileTime.from(now.get()));
      now.updateAndGet(time -> time.plus(Duration.ofHours(25)));
      awaitEnd(jobs, jobs.ask(list).id());
      assertThat(exportFiles()).isEmpty();
    }
  }

  @Test
  void theFileOfAJobThatCannotBeStoredIsDeleted() throws Exception {
    database.change(handle ->
        handle.execute(
            "CREATE TRIGGER full BEFORE INSERT ON history_jobs BEGIN SELECT RAISE(ABORT, 'full'); END"));
    Wish wish = file(HEAD);
    Path left = Files.createFile(folder.resolve("exports/job-gone.csv"));
    try (HistoryJobs jobs = start()) {
      // The start has tidied up; the next time is in an hour.
      await(() -> Files.notExists(left));
      assertThatThrownBy(() -> jobs.ask(wish)).hasMessageContaining("full");
      assertThat(exportFiles()).isEmpty();
    }
  }

  @Test
  void aFileWithoutTheColumnsIsRefusedBeforeAnythingIsWritten() throws Exception {
    HistoryJob failed = run(file("delivery_id,type,plan\nd1,email,basic\n"));
    assertThat(failed.failure())
        .contains("no column for the time", "delivery_id, type, (column 3)");
    assertThat(journal.events).isEmpty();
    assertThat(exportFiles()).isEmpty();
  }

  @Test
  void aRowForEachThingThatHappenedIsOneDelivery() throws Exception {
    String head = "delivery_id,type,sent,delivered\n";
    HistoryJob done =
        run(file(head + "d1,email,1789466400,\nd1,email,,1789466401\nd1,email,1789466400,\n"));
    assertThat(done.progress().filled()).isEqualTo(2);
    assertThat(keys()).containsExactlyInAnyOrder("backfill:d1:sent", "backfill:d1:delivered");
  }

  @Test
  void killedAnywhereItEndsWithEveryFactOnceAndOneExport() throws Exception {
    // As a server leaves it that was killed with a third written, its file whole on the disk.
    journal.room = (int) factsOfCampaign() / 3;
    HistoryJob first = run(backfill(CAMPAIGN, false));
    assertThat(first.failure()).contains("the journal is full");
    journal.room = Integer.MAX_VALUE;
    Path kept = ExportFolder.in(folder).begin("killed");
    Files.writeString(kept, "delivery_id,type,se");
    HistoryJob killed =
        backfill(CAMPAIGN.asked(500), false)
            .job("killed", new HeldEvents.Days(DAY, TODAY), now.get())
            .in(State.RUNNING, new HistoryJob.Times(now.get(), now.get(), null), null);
    new HistoryJobRows(database).store(killed);
    try (HistoryJobs jobs = start()) {
      HistoryJob done = awaitEnd(jobs, "killed");
      assertThat(done.failure()).isNull();
      assertThat(done.progress().missing()).isZero();
    }
    assertThat(keys()).doesNotHaveDuplicates().hasSize((int) factsOfCampaign());
    assertThat(exportFiles()).isEmpty();
  }

  @Test
  void oneThatWasKilledWhileCheckingOnlyChecksAndOneWhoseFileIsErasedSaysSo() throws Exception {
    run(backfill(CAMPAIGN, false));
    String name = added(HEAD + "d1,email,1789466400,\n");
    ExportFolder.in(folder).take(name, "checking");
    HistoryJob checking =
        backfill(FILE, false)
            .job("checking", new HeldEvents.Days(DAY, TODAY), now.get())
            .in(State.RUNNING, new HistoryJob.Times(now.get(), now.get(), null), null)
            .fetched();
    HistoryJob erased =
        backfill(FILE, false).job("erased", new HeldEvents.Days(DAY, TODAY), now.get());
    new HistoryJobRows(database).store(checking);
    new HistoryJobRows(database).store(erased);
    int before = journal.events.size();
    try (HistoryJobs jobs = start()) {
      assertThat(awaitEnd(jobs, "checking").progress().missing()).isEqualTo(1);
      assertThat(awaitEnd(jobs, "erased").failure()).contains("an erasure removes such files");
    }
    assertThat(journal.events).hasSize(before);
  }

  @Test
  void anExportThatFailsOrLeadsElsewhereIsToldAndNothingIsWritten() throws Exception {
    fake.linkExportsTo("http://192.168.0.1/files/x");
    assertThat(run(backfill(CAMPAIGN, false)).failure())
        .contains("its address is not a plain one of https")
        .doesNotContain("signature", "192.168");
    fake.linkExportsTo("https://169.254.169.254/latest/meta-data");
    assertThat(run(backfill(CAMPAIGN, false)).failure()).contains("its address is refused");
    fake.failExports();
    assertThat(run(backfill(CAMPAIGN, false)).failure())
        .contains("Customer.io could not make export", "ask for the backfill again");
    assertThat(journal.events).isEmpty();
    assertThat(exportFiles()).isEmpty();
  }

  private long facts() {
    return messages.all().mapToLong(ExportBackfillTest::facts).sum();
  }

  private long factsOfCampaign() {
    return messages
        .all()
        .filter(message -> Long.valueOf(3).equals(message.parent().get("campaign_id")))
        .mapToLong(ExportBackfillTest::facts)
        .sum();
  }

  private static long facts(FakeMessage message) {
    return message.metrics().keySet().stream().filter(name -> !NO_WEBHOOK.contains(name)).count();
  }

  private List<String> keys() {
    return journal.events.stream().map(SourceEvent::eventKey).toList();
  }

  private List<Path> exportFiles() throws Exception {
    Path exports = folder.resolve("exports");
    if (!Files.exists(exports)) {
      return List.of();
    }
    try (var files = Files.list(exports)) {
      return files.toList();
    }
  }

  private String added(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("downloaded.csv"), text);
    return ExportFolder.in(folder).add(file);
  }

  private Wish file(String text) throws Exception {
    return new Wish(Kind.BACKFILL, "customerio", DAY, TODAY, false, "person", FILE, added(text));
  }

  private static Wish backfill(ExportPart part, boolean dryRun) {
    return new Wish(Kind.BACKFILL, "customerio", DAY, TODAY, dryRun, "person", part, "");
  }

  private HistoryJob run(Wish wish) throws InterruptedException {
    try (HistoryJobs jobs = start()) {
      return awaitEnd(jobs, jobs.ask(wish).id());
    }
  }

  private HistoryJobs start() {
    InstantSource clock = now::get;
    Pauses pauses = new NoPauses();
    var api = CustomerIoApi.of(fake.url(), "app-key", Pace.perSecond(1_000, pauses), clock);
    var exports = new CustomerIoExports(api, true, pauses, clock);
    var history = new CustomerIoHistory("customerio", api, _ -> true, exports);
    var held = new HeldInMemory(journal, ListedMessageTest.customerIoSource());
    return HistoryJobs.start(
        new HistoryJobs.Parts(
            new HistoryRun.Ground(
                new OwnEvents(journal, new SimpleMeterRegistry()),
                database,
                (_, _) -> {},
                ExportFolder.in(folder),
                new HistorySettings(7, Duration.ofHours(1), null, 1),
                clock),
            List.of(new CheckedSource("customerio", history)),
            _ -> held),
        new CountDownLatch(1));
  }

  /// Waits for nothing, so that the minutes an export takes pass at once.
  private static final class NoPauses implements Pauses {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration wait) {}
  }

  private static HistoryJob awaitEnd(HistoryJobs jobs, String id) throws InterruptedException {
    await(() -> jobs.find(id).orElseThrow().ended());
    return jobs.find(id).orElseThrow();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant latest = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(latest);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
