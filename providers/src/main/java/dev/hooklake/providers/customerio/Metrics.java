package dev.hooklake.providers.customerio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Call;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.Items;
import dev.hooklake.providers.ProviderHttp;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// The two versions of the reporting API, brought into one form.
///
/// | version | asked of        | window              | days                          |
/// |---------|-----------------|---------------------|-------------------------------|
/// | 2       | campaigns       | `start` to `end`    | of any zone                   |
/// | 1       | everything else | so many steps to now | US Eastern; weeks from Sunday |
final class Metrics {
  /// A version 1 answer is never shorter.
  private static final int FEWEST_STEPS = 2;

  private final ProviderHttp http;

  Metrics(ProviderHttp http) {
    this.http = http;
  }

  Answer<MetricSeries> read(MetricsQuery query, Instant now) throws InterruptedException {
    return query.of().takesWindow() ? byWindow(query) : bySteps(query, now);
  }

  private Answer<MetricSeries> byWindow(MetricsQuery query) throws InterruptedException {
    var steps = new Steps(query.resolution(), query.zone());
    ZonedDateTime end = query.to().plusDays(1).atStartOfDay(query.zone());
    List<ZonedDateTime> starts = steps.starts(steps.containing(query.from()), end);
    Call call =
        Call.get(query.of().path(query.id()))
            .with("version", 2)
            .with("start", query.from().atStartOfDay(query.zone()).toEpochSecond())
            // The last second that is asked for, not the first that is not.
            .with("end", end.toEpochSecond() - 1)
            .with("res", steps.word())
            .with("tz", query.zone().getId());
    return counts(call)
        .map(counts ->
            new MetricSeries(
                query.zone(),
                starts,
                each(counts, values -> taken(values, 0, starts.size())),
                true));
  }

  private Answer<MetricSeries> bySteps(MetricsQuery query, Instant now)
      throws InterruptedException {
    var steps = new Steps(query.resolution(), MetricsQuery.EASTERN);
    ZonedDateTime newest = steps.containing(now);
    int most = query.resolution().mostSteps();
    long asked = steps.between(steps.containing(query.from()), newest) + 1;
    long reach = Math.max(1, Math.min(asked, most));
    Call call =
        Call.get(query.of().path(query.id()))
            .with("period", steps.word())
            .with("steps", Math.max(FEWEST_STEPS, reach));
    ZonedDateTime first = steps.plus(newest, 1 - reach);
    ZonedDateTime end = query.to().plusDays(1).atStartOfDay(MetricsQuery.EASTERN);
    List<ZonedDateTime> starts =
        steps.starts(first, end.isAfter(newest) ? steps.plus(newest, 1) : end);
    return counts(call)
        .map(counts ->
            new MetricSeries(
                MetricsQuery.EASTERN,
                starts,
                // The last value is the step that is now.
                each(counts, values -> taken(values, values.size() - (int) reach, starts.size())),
                asked <= most));
  }

  private Answer<Map<String, List<Long>>> counts(Call call) throws InterruptedException {
    return http.send(call)
        .then(json -> {
          JsonNode series = json.path("metric").path("series");
          if (!series.isObject()) {
            return Answer.failed(
                new Failure.Unreadable(call + " was answered without metric.series"));
          }
          return counts(series);
        });
  }

  private static Answer<Map<String, List<Long>>> counts(JsonNode series) {
    Map<String, List<Long>> counts = new LinkedHashMap<>();
    for (String name : (Iterable<String>) series::fieldNames) {
      Answer<List<Long>> values = Items.of(series, name, "counts", Metrics::count);
      if (values instanceof Answer.Failed<List<Long>> failed) {
        return Answer.failed(failed.why());
      }
      counts.put(name, values.orThrow());
    }
    return Answer.given(counts);
  }

  private static Optional<Long> count(JsonNode value) {
    return value.isIntegralNumber() ? Optional.of(value.asLong()) : Optional.empty();
  }

  private static Map<String, List<Long>> each(
      Map<String, List<Long>> counts, UnaryOperator<List<Long>> change) {
    Map<String, List<Long>> changed = new LinkedHashMap<>();
    counts.forEach((metric, values) -> changed.put(metric, change.apply(values)));
    return changed;
  }

  /// `size` values from `offset` on; 0 where the answer has none.
  private static List<Long> taken(List<Long> values, int offset, int size) {
    return IntStream.range(offset, offset + size)
        .mapToObj(i -> i >= 0 && i < values.size() ? values.get(i) : Long.valueOf(0))
        .toList();
  }
}
