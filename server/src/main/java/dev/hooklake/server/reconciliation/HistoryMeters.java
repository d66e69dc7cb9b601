package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.reconciliation.Figures.Standing;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Measures, for alerts, what reconciliation last found of each source. Read from the operations
/// database when asked, so that they are right after a restart too; no number while it is away.
public final class HistoryMeters {
  private final MeterRegistry registry;
  private final FigureQueries figures;

  private HistoryMeters(MeterRegistry registry, FigureQueries figures) {
    this.registry = registry;
    this.figures = figures;
  }

  public static void register(
      MeterRegistry registry, FigureQueries figures, List<String> sources, InstantSource clock) {
    var meters = new HistoryMeters(registry, figures);
    for (String source : sources) {
      meters.gauge(
          source,
          "hooklake.completeness.missing",
          "Events the provider shows and that are not here, of the last 7 days that were checked",
          standing -> standing.checkedAt() == null ? Double.NaN : standing.missing());
      meters.gauge(
          source,
          "hooklake.completeness.ratio",
          "What is here of what should be, of the same days",
          standing -> standing.checkedAt() == null ? Double.NaN : standing.completeness());
      meters.gauge(
          source,
          "hooklake.completeness.age.seconds",
          "Since the last check that ended well",
          standing ->
              standing.checkedAt() == null
                  ? Double.NaN
                  : Duration.between(standing.checkedAt(), clock.instant()).toMillis() / 1_000.0);
      meters.gauge(
          source,
          "hooklake.completeness.failed",
          "1 when the last reconciliation or backfill failed",
          standing -> standing.failure() == null ? 0 : 1);
    }
  }

  private void gauge(
      String source, String name, String description, ToDoubleFunction<Standing> value) {
    Gauge.builder(name, () -> read(source, value))
        .description(description)
        .tag("source", source)
        .register(registry);
  }

  private double read(String source, ToDoubleFunction<Standing> value) {
    try {
      return value.applyAsDouble(figures.standing(source));
    } catch (DatabaseAway e) {
      return Double.NaN;
    }
  }
}
