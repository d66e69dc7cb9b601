package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every report, asked about the known events, answers what was worked out by hand.
class ReportsTest {
  private final ViewLibrary library = ViewLibrary.load();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> answersAreThoseWorkedOutByHand() {
    return everyReportAnswers(KnownEvents.rows(), "UTC");
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfArrivalChangesNothing() {
    return everyReportAnswers(KnownEvents.rows().reversed(), "UTC");
  }

  @TestFactory
  Stream<DynamicTest> eventsThatAreThereTwiceChangeNothing() {
    var twice = new ArrayList<>(KnownEvents.rows());
    twice.addAll(KnownEvents.rows());
    Collections.rotate(twice, 17);
    return everyReportAnswers(twice, "UTC");
  }

  @TestFactory
  Stream<DynamicTest> aWebhookThatComesAfterItsEventWasFetchedChangesNothing() {
    var both = new ArrayList<>(KnownEvents.rows());
    KnownEvents.rows().stream()
        .filter(row -> row.value("delivery_id") != null)
        .map(row -> fetched(row, "backfill:" + row.value("event_id")))
        .forEach(both::add);
    Collections.rotate(both, 23);
    return everyReportAnswers(both, "UTC");
  }

  @TestFactory
  Stream<DynamicTest> fetchedEventsAloneCountLikeWebhooks() {
    List<Row> rows =
        KnownEvents.rows().stream()
            .map(row -> fetched(row, String.valueOf(row.value("event_id"))))
            .toList();
    return everyReportAnswers(rows, "UTC");
  }

  private static Row fetched(Row webhook, String eventId) {
    return copied(webhook).set("event_id", eventId).set("origin", "backfill").build();
  }

  private static Row.Builder copied(Row webhook) {
    Row.Builder row = Row.in(webhook.table());
    webhook
        .table()
        .columns()
        .forEach(column -> row.set(column.name(), webhook.value(column.name())));
    return row;
  }

  /// A workspace numbers its campaigns from 1, as every other one does.
  @TestFactory
  Stream<DynamicTest> anotherWorkspaceWithTheSameNumbersIsCountedByItself() {
    var both = new ArrayList<>(KnownEvents.rows());
    KnownEvents.rows().stream()
        .filter(row -> "customerio".equals(row.value("source")) && row.value("delivery_id") != null)
        .map(row -> copied(row).set("source", "customerio second").build())
        .forEach(both::add);
    return library.reports().stream()
        .filter(report -> report.columns().getFirst().name().equals("source"))
        .map(report ->
            DynamicTest.dynamicTest(
                report.name(),
                () -> {
                  try (EventTables tables = EventTables.holding(both, folder, "UTC")) {
                    Answers expected = expected(report);
                    CollectedRows result = tables.query(library.select(report, ReportPeriod.ALL));
                    List<String> lines = Answers.of(result).only(expected.columns()).lines();
                    assertThat(lines).hasSizeGreaterThan(expected.lines().size());
                    assertThat(lines)
                        .filteredOn(line -> !line.startsWith("customerio second"))
                        .containsExactlyElementsOf(expected.lines());
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> theTimeZoneOfTheSessionChangesNothing() {
    return Stream.of("Pacific/Auckland", "America/Los_Angeles")
        .flatMap(zone -> everyReportAnswers(KnownEvents.rows(), zone));
  }

  private Stream<DynamicTest> everyReportAnswers(List<Row> rows, String zone) {
    return library.reports().stream()
        .map(report ->
            DynamicTest.dynamicTest(
                report.name() + " in " + zone, () -> assertAnswers(report, rows, zone)));
  }

  private void assertAnswers(ViewDefinition report, List<Row> rows, String zone) throws Exception {
    Answers expected = expected(report);
    try (EventTables tables = EventTables.holding(rows, folder, zone)) {
      CollectedRows result = tables.query(library.select(report, ReportPeriod.ALL));
      assertThat(Answers.of(result).only(expected.columns()).lines())
          .containsExactlyElementsOf(expected.lines());
    }
  }

  private static Answers expected(ViewDefinition report) throws IOException {
    return Answers.read(KnownFiles.KNOWN.resolve("expected").resolve(report.name() + ".csv"));
  }
}
