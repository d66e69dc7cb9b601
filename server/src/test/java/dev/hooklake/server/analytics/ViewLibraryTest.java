package dev.hooklake.server.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ViewLibraryTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FILES =
      Path.of("src/main/resources/dev/hooklake/server/analytics/views");

  private final ViewLibrary library = ViewLibrary.load();

  @TempDir Path folder;

  @Test
  void everyFileIsAViewOrPartOfOne() throws Exception {
    List<String> names = library.views().stream().map(ViewDefinition::name).toList();
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files)
          .allSatisfy(file -> {
            String name = file.getFileName().toString().replace(".sql", "");
            assertThat(file).content().startsWith("-- name: " + name + "\n");
            if (!Files.readString(file).contains("\n-- kind: fragment\n")) {
              assertThat(names).contains(name);
            }
          });
    }
  }

  @Test
  void aReportIsFoundWithDashesToo() {
    assertThat(library.report("email-engagement"))
        .map(ViewDefinition::name)
        .hasValue("email_engagement");
    assertThat(library.report("deliveries")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyColumnOfAReportIsExplained() throws Exception {
    EventTables tables = EventTables.holding(List.of(), folder, "UTC");
    return library.reports().stream()
        .map(report ->
            DynamicTest.dynamicTest(
                report.name(),
                () ->
                    assertThat(tables.query(library.select(report, ReportPeriod.ALL)).columns)
                        .containsExactlyElementsOf(
                            report.columns().stream().map(ViewDefinition.Column::name).toList())))
        .onClose(() -> {
          try {
            tables.close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void theViewsGiveWhatTheReportsGive() throws Exception {
    try (EventTables tables = EventTables.holding(KnownEvents.rows(), folder, "UTC")) {
      tables.execute(library.createStatements());
      for (ViewDefinition report : library.reports()) {
        assertThat(Answers.of(tables.query("SELECT * FROM " + report.name())).lines())
            .containsExactlyElementsOf(
                Answers.of(tables.query(library.select(report, ReportPeriod.ALL))).lines());
      }
    }
  }

  @Test
  void aPeriodCountsWhatWasSentInIt() throws Exception {
    LocalDate tuesday = LocalDate.of(2026, 3, 3);
    ViewDefinition report = library.report("campaign_performance").orElseThrow();
    try (EventTables tables = EventTables.holding(KnownEvents.rows(), folder, "UTC")) {
      String sql = library.select(report, new ReportPeriod(tuesday, tuesday));
      Answers answers = Answers.of(tables.query(sql));
      // Of campaign 7 only e2 was sent on that day in UTC.
      assertThat(answers.only(List.of("channel", "sent", "opened", "first_day")).lines())
          .containsExactly("channel,sent,opened,first_day", "email,1,1,2026-03-03");
    }
  }

  @Test
  void aPeriodMustNotEndBeforeItBegins() {
    LocalDate day = LocalDate.of(2026, 3, 3);
    assertThatThrownBy(() -> new ReportPeriod(day, day.minusDays(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends on 2026-03-02, before 2026-03-03");
  }

  @Test
  void theReferenceDescribesTheViews() throws Exception {
    KnownFiles.assertUpToDate(
        ROOT.resolve("docs/reference/views.md"), ViewReference.markdown(library));
  }

  @Test
  void theStatementsForOtherEnginesAreTheViews() throws Exception {
    KnownFiles.assertUpToDate(
        ROOT.resolve("deploy/spark/views.sql"), ViewReference.statements(library));
  }
}
