package dev.hooklake.server.analytics;

import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Table;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The view `all_deliveries` kept as a table, so that reports need not read every event again.
///
/// Everything in it is derived: facts are minima and maxima, so those of new files are merged into
/// those at hand, in any order and as often as one likes. When a file the table has seen is gone
/// (compacted, erased) or the views are others, it is built again from the files. It may be deleted
/// at any time. Used by one thread at a time.
public final class DeliveryRollup implements AutoCloseable {
  private static final String DELIVERIES = "all_deliveries";
  private static final String SAME_DELIVERY =
      "k.channel = d.channel AND k.source = d.source AND k.delivery_id = d.delivery_id";

  /// Bounds what one step holds in memory.
  private static final long ROWS_A_STEP = 1_000_000;

  private final Connection connection;
  private final ViewLibrary library;

  private DeliveryRollup(Connection connection, ViewLibrary library) {
    this.connection = connection;
    this.library = library;
  }

  public static DeliveryRollup open(Path file, SqlLimits limits) {
    try {
      var rollup =
          new DeliveryRollup(
              DriverManager.getConnection("jdbc:duckdb:" + file), ViewLibrary.load());
      rollup.prepare(limits);
      return rollup;
    } catch (SQLException e) {
      throw new SqlFailure("cannot open " + file + ": " + SqlFailure.firstLine(e), e);
    }
  }

  private void prepare(SqlLimits limits) throws SQLException {
    execute("SET TimeZone = 'UTC'");
    execute("SET threads = " + limits.threads());
    execute("SET memory_limit = '" + limits.memoryMebibytes() + "MiB'");
    execute("CREATE TABLE IF NOT EXISTS covered (path VARCHAR PRIMARY KEY)");
    execute("CREATE TABLE IF NOT EXISTS definition (text VARCHAR)");
  }

  /// Brings the table to these snapshots; a channel that is missing has no events.
  public void refresh(Map<Channel, TableSnapshot> snapshots) {
    try {
      Set<String> files = paths(snapshots);
      if (!files.containsAll(column("SELECT path FROM covered")) || definitionChanged()) {
        startAnew();
      }
      Set<String> covered = column("SELECT path FROM covered");
      for (List<NewFile> step : steps(snapshots, covered)) {
        merge(step);
      }
    } catch (SQLException e) {
      throw new SqlFailure("cannot refresh the deliveries: " + SqlFailure.firstLine(e), e);
    }
  }

  /// Answers a report that asks about deliveries only, such as `email_engagement`.
  public void query(ViewDefinition report, ReportPeriod period, ResultReader reader) {
    String sql = library.select(report, period, List.of(DELIVERIES));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ResultRows.read(rows, reader);
    } catch (SQLException e) {
      throw new SqlFailure(SqlFailure.firstLine(e), e);
    }
  }

  /// Puts the facts of some new files in, all or nothing.
  private void merge(List<NewFile> step) throws SQLException {
    execute("BEGIN");
    boolean done = false;
    try {
      showOnly(step);
      execute("CREATE TEMP TABLE fresh AS " + library.selectBase("delivery_facts"));
      execute("CREATE TEMP TABLE merged AS " + mergedFacts());
      execute("DELETE FROM all_deliveries AS d USING fresh AS k WHERE " + SAME_DELIVERY);
      execute(
          "INSERT INTO all_deliveries BY NAME WITH delivery_facts AS (FROM merged) "
              + library.selectOf(DELIVERIES));
      for (NewFile file : step) {
        execute("INSERT INTO covered VALUES (" + LakeView.quoted(file.data().path()) + ")");
      }
      execute("DROP TABLE fresh");
      execute("DROP TABLE merged");
      execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        execute("ROLLBACK");
      }
    }
  }

  /// Facts of the fresh events together with what was known of the same deliveries.
  private String mergedFacts() throws SQLException {
    List<String> facts = List.copyOf(columnsOf("fresh"));
    String all = String.join(", ", facts);
    String merged = facts.stream().map(DeliveryRollup::merged).collect(Collectors.joining(", "));
    String known = facts.stream().map(fact -> "d." + fact).collect(Collectors.joining(", "));
    return """
    SELECT %s FROM (
      SELECT %s FROM fresh
      UNION ALL BY NAME
      SELECT %s FROM all_deliveries AS d SEMI JOIN fresh AS k ON %s
    ) GROUP BY channel, source, delivery_id\
    """
        .formatted(merged, all, known, SAME_DELIVERY);
  }

  private static String merged(String fact) {
    return switch (fact) {
      case "channel", "source", "delivery_id" -> fact;
      default -> "%s(%s) AS %s".formatted(fact.startsWith("first_") ? "min" : "max", fact, fact);
    };
  }

  /// The channel tables hold these files and no others.
  private void showOnly(List<NewFile> files) throws SQLException {
    for (Channel channel : Channel.values()) {
      List<DataFile> data =
          files.stream().filter(file -> file.channel() == channel).map(NewFile::data).toList();
      var snapshot = new TableSnapshot(channel.table().name(), 0, Instant.EPOCH, data);
      Table table = channel.table();
      execute("DROP VIEW IF EXISTS " + table.name());
      execute(LakeView.of(table, Optional.of(snapshot)).definition());
    }
  }

  private void startAnew() throws SQLException {
    showOnly(List.of());
    execute("CREATE OR REPLACE TABLE all_deliveries AS " + library.selectBase(DELIVERIES));
    execute("DELETE FROM covered");
    execute("DELETE FROM definition");
    execute("INSERT INTO definition VALUES (" + LakeView.quoted(definition()) + ")");
  }

  private boolean definitionChanged() throws SQLException {
    return !column("SELECT text FROM definition").equals(Set.of(definition()));
  }

  private String definition() {
    return library.selectBase(DELIVERIES);
  }

  private static Set<String> paths(Map<Channel, TableSnapshot> snapshots) {
    return snapshots.values().stream()
        .flatMap(snapshot -> snapshot.files().stream())
        .map(DataFile::path)
        .collect(Collectors.toSet());
  }

  private static List<List<NewFile>> steps(
      Map<Channel, TableSnapshot> snapshots, Set<String> covered) {
    var steps = new ArrayList<List<NewFile>>();
    var step = new ArrayList<NewFile>();
    long rows = 0;
    for (NewFile file : newFiles(snapshots, covered)) {
      step.add(file);
      // A file of unknown length gets a step of its own.
      rows += file.data().rows() < 0 ? ROWS_A_STEP : file.data().rows();
      if (rows >= ROWS_A_STEP) {
        steps.add(List.copyOf(step));
        step.clear();
        rows = 0;
      }
    }
    if (!step.isEmpty()) {
      steps.add(List.copyOf(step));
    }
    return steps;
  }

  private static List<NewFile> newFiles(
      Map<Channel, TableSnapshot> snapshots, Set<String> covered) {
    return snapshots.entrySet().stream()
        .flatMap(entry ->
            entry.getValue().files().stream().map(file -> new NewFile(entry.getKey(), file)))
        .filter(file -> !covered.contains(file.data().path()))
        .toList();
  }

  private Set<String> columnsOf(String table) throws SQLException {
    return column("SELECT column_name FROM (DESCRIBE " + table + ")");
  }

  private Set<String> column(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var values = new HashSet<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new SqlFailure("cannot close the deliveries", e);
    }
  }

  private record NewFile(Channel channel, DataFile data) {}
}
