package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.MaintenanceSettings;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a real lake: whatever happens to it, an answer from the kept table is that of the tables.
class KeptDeliveriesTest {
  private static final InstantSource LATER =
      InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
  private static final QueryLimits LIMITS = QueryLimits.of(Duration.ofSeconds(60), 10_000);
  private static final Person PERSON =
      new Person(Set.of("ann@example.com"), Set.of(), Set.of(), Set.of(), Set.of());
  private static final List<Row> EVENTS = KnownEvents.rows();

  /// Reports that read the events themselves.
  private static final Set<String> ELSEWHERE =
      Set.of("webhook_summary", "error_summary", "bounce_reasons", "lead_states");

  private final ViewLibrary library = ViewLibrary.load();

  @TempDir private Path folder;
  private LakeSettings settings;
  private Lake lake;
  private LakeQuestions tables;
  private KeptDeliveries kept;
  private long landed;

  @BeforeEach
  void open() throws Exception {
    settings = LakeSettings.in(folder.resolve("lake"));
    lake = Lake.open(settings, UUID.randomUUID(), LATER);
    tables = new LakeQuestions(LakeReader.open(settings), 1, new SqlLimits(1, 256));
    start();
    land(EVENTS.subList(0, EVENTS.size() / 2));
  }

  @AfterEach
  void close() {
    kept.close();
    tables.close();
    lake.close();
  }

  @Test
  void nothingIsAnsweredBeforeItIsThere() {
    assertThat(answer("email_engagement")).isEmpty();
  }

  @Test
  void everyReportIsAnsweredAsTheTablesDo() throws Exception {
    land(EVENTS.subList(EVENTS.size() / 2, EVENTS.size()));
    kept.refresh();

    for (ViewDefinition report : library.reports()) {
      Optional<ResultTable> answer = answer(report.name());
      assertThat(answer.isEmpty()).as(report.name()).isEqualTo(ELSEWHERE.contains(report.name()));
      if (answer.isPresent()) {
        assertThat(answer.get().rows())
            .as(report.name())
            .isEqualTo(tables.report(report, ReportPeriod.ALL, LIMITS).rows());
      }
    }
  }

  @Test
  void whatHasJustLandedIsInTheNextAnswer() throws Exception {
    kept.refresh();
    land(EVENTS.subList(EVENTS.size() / 2, EVENTS.size()));

    assertAnsweredAsByTheTables();
  }

  @Test
  void filesThatAreMergedChangeNothingAndAreNotReadAgain() throws Exception {
    for (int from = EVENTS.size() / 2; from + 5 < EVENTS.size(); from += 5) {
      land(EVENTS.subList(from, from + 5));
    }
    kept.refresh();
    List<Path> files = files();
    for (Table table : LakeState.channels()) {
      lake.maintenance(MaintenanceSettings.usual(folder.resolve("scratch"))).tidy(table, _ -> {});
    }

    assertAnsweredAsByTheTables();
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aRemovedRowEndsTheFileAndItIsMadeAgain() throws Exception {
    kept.refresh();
    List<Path> before = files();
    removeARow();

    assertThat(answer("email_engagement")).isEmpty();
    kept.refresh();
    assertAnsweredAsByTheTables();
    assertThat(files()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aRemovedRowEndsTheFileAlsoWhileEventsWait() throws Exception {
    kept.refresh();
    List<Path> before = files();
    removeARow();
    kept.refresh(() -> true);

    assertThat(files()).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aLakeThatHasBecomeSmallKeepsNoFile() throws Exception {
    kept.refresh();
    kept.close();
    start(1_000_000);
    kept.refresh();

    assertThat(files()).isEmpty();
    assertThat(answer("email_engagement")).isEmpty();
  }

  @Test
  void aQuestionMayBringItFurtherThanTheRefresh() throws Exception {
    kept.refresh();
    List<Path> files = files();
    Iterator<Row> more = EVENTS.subList(EVENTS.size() / 2, EVENTS.size()).iterator();
    land(List.of(more.next()));
    kept.refresh(() -> {
      landAndAsk(more);
      return false;
    });

    assertThat(files()).isEqualTo(files);
    assertAnsweredAsByTheTables();
  }

  @Test
  void aLakeThatCannotBeReadLeavesTheFileAlone() throws Exception {
    kept.refresh();
    List<Path> files = files();
    Table table = EVENTS.getFirst().table();
    long next = LakeReader.open(settings).snapshot(table).orElseThrow().version() + 1;
    Path garbage =
        folder
            .resolve("lake")
            .resolve(table.path())
            .resolve("_delta_log/%020d.json".formatted(next));
    Files.writeString(garbage, "no log");
    for (int i = 0; i < 3; i++) {
      assertThat(answer("email_engagement")).isEmpty();
    }
    assertThat(kept.state().state()).isEqualTo(KeptState.PAUSED);

    Files.delete(garbage);
    assertAnsweredAsByTheTables();
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aFileThatFailsQuestionsTwiceIsMadeAgain() throws Exception {
    kept.refresh();
    List<Path> before = files();
    try (Connection other =
        new RollupFile(before.getFirst(), new SqlLimits(2, 512))
            .reader("ALTER TABLE all_deliveries DROP COLUMN was_human_opened")) {
      other.commit();
    }
    assertThat(answer("email_engagement")).isEmpty();
    kept.refresh();
    assertThat(files()).isEqualTo(before);
    assertThat(answer("email_engagement")).isEmpty();

    kept.refresh();
    assertThat(files()).doesNotContainAnyElementsOf(before);
    assertAnsweredAsByTheTables();
  }

  @Test
  void aFileThatAKillLeftBesideTheOneThatCountsGoes() throws Exception {
    kept.refresh();
    kept.close();
    Path orphan = files().getFirst();
    Files.copy(orphan, orphan.resolveSibling("deliveries-2.duckdb"));
    start();
    kept.refresh();

    assertThat(files()).doesNotContain(orphan).hasSize(1);
  }

  @Test
  void noNumberIsGivenTwice() throws Exception {
    kept.refresh();
    List<Path> before = files();
    kept.erase(PERSON, new PersonRows(Set.of(), Set.of()));
    kept.ended();
    kept.refresh();

    assertThat(files()).hasSize(1).doesNotContainAnyElementsOf(before);
  }

  @Test
  void nothingIsKeptWhileAPersonIsErased() throws Exception {
    kept.refresh();
    assertThat(kept.erase(PERSON, new PersonRows(Set.of(), Set.of()))).isPositive();

    kept.refresh();
    assertThat(files()).isEmpty();
    assertThat(answer("email_engagement")).isEmpty();

    kept.ended();
    kept.refresh();
    assertAnsweredAsByTheTables();
  }

  @Test
  void aStoppedServersFileGoesToo() throws Exception {
    kept.refresh();
    kept.close();

    assertThat(keptFiles().erase(PERSON, new PersonRows(Set.of(), Set.of()))).isPositive();
    assertThat(files()).isEmpty();
    start();
  }

  @Test
  void itGoesOnAfterARestart() throws Exception {
    kept.refresh();
    List<Path> files = files();
    kept.close();
    start();
    land(EVENTS.subList(EVENTS.size() / 2, EVENTS.size()));
    kept.refresh();

    assertAnsweredAsByTheTables();
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aDamagedFileIsMadeAgain() throws Exception {
    kept.refresh();
    kept.close();
    for (Path file : files()) {
      Files.writeString(file, "no database");
    }
    start();
    kept.refresh();

    assertAnsweredAsByTheTables();
  }

  private void assertAnsweredAsByTheTables() throws Exception {
    for (String report : List.of("email_engagement", "campaign_performance", "link_performance")) {
      assertThat(answer(report).orElseThrow().rows())
          .as(report)
          .isNotEmpty()
          .isEqualTo(
              tables.report(library.report(report).orElseThrow(), ReportPeriod.ALL, LIMITS).rows());
    }
  }

  private Optional<ResultTable> answer(String report) {
    String sql =
        library.select(
            library.report(report).orElseThrow(),
            ReportPeriod.ALL,
            List.of(DeliveryRollup.DELIVERIES));
    return kept.ask(sql, List.of(), LIMITS);
  }

  private void removeARow() throws Exception {
    lake.replace(
        EVENTS.getFirst().table(),
        new Replacement(
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            Set.of(
                new Replacement.Key(
                    String.valueOf(EVENTS.getFirst().value("source")),
                    String.valueOf(EVENTS.getFirst().value("event_id")))),
            List.of()));
  }

  private void landAndAsk(Iterator<Row> more) {
    try {
      if (more.hasNext()) {
        land(List.of(more.next()));
        assertAnsweredAsByTheTables();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void start() {
    start(1);
  }

  private void start(long worthwhile) {
    kept =
        KeptDeliveries.start(
            new KeptDeliveries.Parts(
                LakeReader.open(settings),
                keptFiles(),
                worthwhile,
                () -> true,
                InstantSource.system()));
  }

  private KeptFiles keptFiles() {
    return KeptFiles.in(folder);
  }

  private List<Path> files() throws Exception {
    Path directory = folder.resolve("kept");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".duckdb")).toList();
    }
  }

  private void land(List<Row> rows) throws Exception {
    var batch = new ArrayList<SequencedRow>();
    for (Row row : rows) {
      landed++;
      batch.add(new SequencedRow(landed, row));
    }
    assertThat(lake.commit(new Batch(landed - rows.size() + 1, landed, batch)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }
}
