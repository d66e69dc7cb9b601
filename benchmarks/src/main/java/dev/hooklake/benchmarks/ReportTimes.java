package dev.hooklake.benchmarks;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.server.analytics.DeliveryRollup;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ReportPeriod;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.analytics.ViewDefinition;
import dev.hooklake.server.analytics.ViewLibrary;
import dev.hooklake.sources.event.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long the reports take over all days of the lake: from its files, and those about deliveries
/// from the kept table too. Medians of runs in a warm process.
final class ReportTimes {
  private static final SqlLimits LIMITS =
      new SqlLimits(Runtime.getRuntime().availableProcessors(), 2_048);
  private static final int RUNS = 3;

  private final Path data;
  private final LakeReader lake;
  private final ViewLibrary library = ViewLibrary.load();

  ReportTimes(Path data) {
    this.data = data;
    this.lake = LakeReader.open(LakeSettings.in(data.resolve("lake")));
  }

  void print() throws IOException {
    long begun = System.nanoTime();
    try (LakeSql tables = LakeSql.open(lake, LIMITS)) {
      System.out.printf(Locale.ROOT, "opening the tables for SQL: %.0f ms%n", millis(begun));
      for (ViewDefinition report : library.reports()) {
        String select = library.select(report, ReportPeriod.ALL);
        line(report, "files", () -> tables.query(select, List.of(), new Unread()));
      }
    }
    printKept();
  }

  private void printKept() throws IOException {
    try (DeliveryRollup kept = DeliveryRollup.open(data.resolve("deliveries.duckdb"), LIMITS)) {
      long begun = System.nanoTime();
      kept.refresh(snapshots());
      System.out.printf(
          Locale.ROOT, "bringing the kept table up to date: %.0f ms%n", millis(begun));
      for (ViewDefinition report : library.reports()) {
        if (report.uses().contains("all_deliveries")) {
          line(report, "kept", () -> kept.query(report, ReportPeriod.ALL, new Unread()));
        }
      }
    }
  }

  private Map<Channel, TableSnapshot> snapshots() throws IOException {
    var snapshots = new EnumMap<Channel, TableSnapshot>(Channel.class);
    for (Channel channel : Channel.values()) {
      Optional<TableSnapshot> snapshot = lake.snapshot(channel.table());
      snapshot.ifPresent(found -> snapshots.put(channel, found));
    }
    return snapshots;
  }

  private static void line(ViewDefinition report, String from, Runnable query) {
    List<Double> times = new ArrayList<>();
    for (int run = 0; run <= RUNS; run++) {
      long begun = System.nanoTime();
      query.run();
      times.add(millis(begun));
    }
    System.out.printf(
        Locale.ROOT,
        "%-32s %-5s first %6.0f ms, then %6.0f ms%n",
        report.name(),
        from,
        times.getFirst(),
        Median.of(times.subList(1, times.size())));
  }

  private static double millis(long since) {
    return (System.nanoTime() - since) / 1e6;
  }

  /// Takes every row and keeps none.
  private static final class Unread implements ResultReader {
    @Override
    public void columns(List<String> names) {}

    @Override
    public void row(List<@Nullable Object> values) {}

    @Override
    public void end() {}
  }
}
