package dev.hooklake.server.admin;

import static dev.hooklake.server.admin.ProviderAnswers.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.providers.customerio.MetricSeries;
import dev.hooklake.providers.customerio.MetricsOf;
import dev.hooklake.providers.customerio.MetricsQuery;
import dev.hooklake.providers.customerio.Resolution;
import dev.hooklake.server.analytics.CsvPrinter;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.customerio.MetricTable;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Customer.io's own counts on the admin port.
public final class CustomerIoMetricRoutes {
  private static final int USUAL_DAYS = 7;

  private final CustomerIoAccounts accounts;
  private final InstantSource clock;

  public CustomerIoMetricRoutes(CustomerIoAccounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  public List<AdminRoute> all() {
    return List.of(AdminRoute.get("/api/v1/customerio/{source}/metrics/{of}/{id}", this::metrics));
  }

  private void metrics(ServerRequest request, ServerResponse response) throws InterruptedException {
    CustomerIoAccounts.Account account = accounts.of(request);
    RequestQuery query =
        RequestQuery.of(request, List.of("from", "to", "resolution", "zone", "format"));
    boolean csv = oneOf("format", query.text("format").orElse("json"), "json", "csv").equals("csv");
    MetricsQuery wanted = wanted(request, query);
    MetricSeries series = given(account.webhooks().api().metrics(wanted));
    ResultTable table = MetricTable.of(series, wanted.resolution());
    if (csv) {
      response
          .header(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
          .send(CsvPrinter.of(table).getBytes(UTF_8));
    } else {
      Answers.json(response, 200, Counts.of(series, table));
    }
  }

  private MetricsQuery wanted(ServerRequest request, RequestQuery query) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate last = query.text("to").map(text -> day("to", text)).orElse(today);
    LocalDate first =
        query.text("from").map(text -> day("from", text)).orElse(last.minusDays(USUAL_DAYS - 1));
    MetricsOf of = one("metrics", MetricsOf.values(), request.path().pathParameters().get("of"));
    Resolution resolution =
        one("resolution", Resolution.values(), query.text("resolution").orElse("days"));
    try {
      return new MetricsQuery(
          of,
          CustomerIoAccounts.id(request),
          first,
          last,
          resolution,
          ZoneId.of(query.text("zone").orElse("UTC")));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw RefusedRequest.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw RefusedRequest.malformed(name + " is a day such as 2026-03-01");
    }
  }

  private static <E extends Enum<E>> E one(String name, E[] all, String word) {
    String[] words =
        Arrays.stream(all).map(each -> each.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    return all[List.of(words).indexOf(oneOf(name, word, words))];
  }

  private static String oneOf(String name, String word, String... words) {
    if (!List.of(words).contains(word)) {
      throw RefusedRequest.malformed(
          name + " is one of " + Arrays.stream(words).collect(Collectors.joining(", ")));
    }
    return word;
  }

  /// The counts as the API shows them.
  ///
  /// @param zone whose midnights part the days
  /// @param whole false when Customer.io does not reach back as far as was asked
  record Counts(
      String zone, boolean whole, List<String> columns, List<List<@Nullable Object>> rows) {
    static Counts of(MetricSeries series, ResultTable table) {
      return new Counts(series.zone().getId(), series.whole(), table.columns(), table.rows());
    }
  }
}
