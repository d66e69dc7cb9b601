package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.access.Audit;
import dev.hooklake.server.analytics.CsvPrinter;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.PersonalColumns;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ReportPeriod;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.analytics.SqlFailure;
import dev.hooklake.server.analytics.SqlText;
import dev.hooklake.server.analytics.ViewDefinition;
import dev.hooklake.server.analytics.ViewLibrary;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SQL over the lake: the saved reports for everybody, anything that only reads for operators.
public final class SqlPages implements ConsolePages {
  private static final int DAYS = 30;
  private static final int ROWS_SHOWN = 500;

  private final ViewLibrary library = ViewLibrary.load();
  private final LakeQuestions lake;
  private final Audit audit;
  private final InstantSource clock;

  public SqlPages(LakeQuestions lake, Audit audit, InstantSource clock) {
    this.lake = lake;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.DATA, "SQL", "/sql", 'd'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.get("/sql", this::page),
        PageRoute.get("/sql/report/{name}", this::report),
        PageRoute.get("/sql/report/{name}/csv", this::reportCsv),
        PageRoute.post("/sql", this::typed),
        PageRoute.post("/sql/csv", this::typedCsv));
  }

  private PageReply page(PageRequest request) {
    String table = Tables.byName(request.query("table")).map(Table::name).orElse("");
    String sql = table.isEmpty() ? "" : "SELECT * FROM " + table + " LIMIT 100";
    return PageReply.page(
        "SQL",
        "sql.jte",
        new Model(
            sql,
            library.reports(),
            Tables.readable().stream().map(Table::name).toList(),
            request.byOperator()));
  }

  private PageReply report(PageRequest request) throws IOException {
    Optional<ViewDefinition> report = library.report(request.path("name"));
    if (report.isEmpty()) {
      return PageReply.notFound("There is no report of that name.");
    }
    ViewDefinition view = report.get();
    boolean personal = PersonalColumns.in(view);
    if (personal && !request.byOperator()) {
      return new PageReply.Page(
          403,
          view.title(),
          "problem.jte",
          new Note("warn", "This report names people, which takes an operator.", ""));
    }
    if (personal) {
      audit.record(request.caller(), "report.personal", view.name(), "");
    }
    Instant begun = clock.instant();
    ResultTable table = lake.report(view, period(request), QueryLimits.PAGE);
    return PageReply.page(
        view.title(),
        "report.jte",
        new Report(view, period(request), answer(table, begun), sql(view, request)));
  }

  private PageReply reportCsv(PageRequest request) throws IOException {
    Optional<ViewDefinition> report = library.report(request.path("name"));
    if (report.isEmpty() || (PersonalColumns.in(report.get()) && !request.byOperator())) {
      return PageReply.notFound("There is no report of that name for you.");
    }
    if (PersonalColumns.in(report.get())) {
      audit.record(request.caller(), "report.personal", report.get().name(), "csv");
    }
    ResultTable table = lake.report(report.get(), period(request), QueryLimits.TYPED);
    return csv(report.get().name(), table);
  }

  private String sql(ViewDefinition view, PageRequest request) {
    return library.select(view, period(request));
  }

  private ReportPeriod period(PageRequest request) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    try {
      String from = request.query("from");
      String to = request.query("to");
      return new ReportPeriod(
          from.isEmpty() ? today.minusDays(DAYS - 1) : LocalDate.parse(from),
          to.isEmpty() ? today : LocalDate.parse(to));
    } catch (java.time.DateTimeException | IllegalArgumentException e) {
      return new ReportPeriod(today.minusDays(DAYS - 1), today);
    }
  }

  private PageReply typed(PageRequest request) throws IOException {
    String sql = request.form().getOrDefault("sql", "");
    Instant begun = clock.instant();
    try {
      return PageReply.fragment("sqlResult.jte", answer(asked(request, sql), begun));
    } catch (SqlFailure e) {
      return new PageReply.Fragment(
          400, "note.jte", new Note("bad", String.valueOf(e.getMessage()), ""));
    }
  }

  private PageReply typedCsv(PageRequest request) throws IOException {
    return csv("answer", asked(request, request.form().getOrDefault("sql", "")));
  }

  private ResultTable asked(PageRequest request, String sql) throws IOException {
    if (sql.isBlank()) {
      throw SqlFailure.of("write a SELECT first");
    }
    try (Audit.Begun begun =
        audit.begin(request.caller(), "sql", "", SqlText.withoutLiterals(sql))) {
      ResultTable table = lake.askTyped(sql, QueryLimits.TYPED);
      begun.done();
      return table;
    }
  }

  private Answer answer(ResultTable table, Instant begun) {
    int shown = Math.min(ROWS_SHOWN, table.rows().size());
    return new Answer(
        table, shown, Duration.between(begun, clock.instant()), ResultChart.of(table));
  }

  private static PageReply csv(String name, ResultTable table) {
    return new PageReply.Raw(response ->
        response
            .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
            .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"")
            .send(CsvPrinter.of(table).getBytes(UTF_8)));
  }

  /// The page to type on.
  public record Model(
      String sql, List<ViewDefinition> reports, List<String> tables, boolean operator) {}

  /// An answer on a page; `chart` is empty where it has no figures to draw.
  public record Answer(ResultTable table, int shown, Duration took, Optional<Chart> chart) {
    private static final int LONGEST_CELL = 300;

    public boolean isFigure(String column) {
      int position = table.position(column);
      return table.rows().stream().anyMatch(row -> row.get(position) instanceof Number);
    }

    public String style(int column, @Nullable Object value) {
      return switch (value) {
        case Number _ -> "num";
        case null -> isFigure(table.columns().get(column)) ? "num muted" : "muted";
        default -> value.toString().length() <= 32 ? "nowrap" : "wrap";
      };
    }

    /// Rates as percent; whole numbers in groups unless they are ids.
    public String text(int column, @Nullable Object value) {
      String name = table.columns().get(column);
      return switch (value) {
        case null -> "–";
        case Number rate when name.endsWith("_rate") -> Show.percent(rate.doubleValue());
        case Integer count when !name.endsWith("_id") -> Show.count(count);
        case Long count when !name.endsWith("_id") && !name.equals("timestamp") ->
            Show.count(count);
        default -> shortened(value.toString());
      };
    }

    private static String shortened(String text) {
      return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL) + "…";
    }
  }

  /// A saved report.
  public record Report(ViewDefinition view, ReportPeriod period, Answer answer, String sql) {}
}
