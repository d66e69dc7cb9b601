package dev.hooklake.server.analytics;

import dev.hooklake.lake.FileChange;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The view `all_deliveries` kept as a table of a DuckDB file, so that reports need not read every
/// event again.
///
/// Everything in it is derived: facts are minima and maxima, so those of new files are merged into
/// those at hand, in any order and as often as one likes. Files whose rows only moved are known by
/// the table's log. Anything else that takes a file away ends the file's use: nothing can be taken
/// out of a minimum, and what was erased must not stay in its bytes. Used by one thread at a time,
/// but for the connections it hands out.
final class DeliveryRollup implements AutoCloseable {
  static final String DELIVERIES = "all_deliveries";

  private static final String SAME_DELIVERY =
      "k.channel = d.channel AND k.source = d.source AND k.delivery_id = d.delivery_id";

  /// A step takes whole files until it has so many rows; with the largest file more at most, that
  /// bounds what it holds in memory.
  private static final long ROWS_A_STEP = 250_000;

  private final RollupFile file;
  private final Connection connection;
  private final ViewLibrary library;
  private final Set<String> covered;
  private Map<String, Long> seen;

  private DeliveryRollup(RollupFile file, Connection connection, ViewLibrary library)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.library = library;
    covered = new HashSet<>(texts("SELECT path FROM covered"));
    seen = versions();
  }

  /// Where the log of a table tells what happened to its files.
  interface Changes {
    /// Empty when it no longer tells.
    Optional<List<FileChange>> of(Table table, long after, long upTo) throws IOException;
  }

  /// Opens a file, or makes an empty one.
  static DeliveryRollup open(Path path, SqlLimits limits) {
    var file = new RollupFile(path, limits);
    try {
      return open(file);
    } catch (SQLException e) {
      throw new SqlFailure("cannot open " + path + ": " + SqlFailure.firstLine(e), e);
    }
  }

  private static DeliveryRollup open(RollupFile file) throws SQLException {
    Connection connection = file.first();
    boolean ready = false;
    try {
      var library = ViewLibrary.load();
      execute(connection, "CREATE TABLE IF NOT EXISTS covered (path VARCHAR)");
      execute(connection, "CREATE TABLE IF NOT EXISTS seen (name VARCHAR, version BIGINT)");
      execute(connection, "CREATE TABLE IF NOT EXISTS definition (text VARCHAR)");
      var rollup = new DeliveryRollup(file, connection, library);
      ready = true;
      return rollup;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  /// Whether it holds exactly the events of these versions.
  boolean isAt(LakeState lake) {
    return seen.equals(versions(lake)) && newFiles(lake).isEmpty();
  }

  /// Follows files that were moved, and finds out how many rows are new; empty when the file is of
  /// no more use.
  Optional<Long> follow(LakeState lake, Changes changes) throws IOException {
    try {
      boolean usable = seen.isEmpty() ? begin() : isOfToday();
      for (Table table : LakeState.channels()) {
        usable = usable && follow(table, lake.version(table), changes);
      }
      usable = usable && paths(lake).containsAll(covered);
      if (!usable) {
        return Optional.empty();
      }
      remember(lake);
      return Optional.of(newFiles(lake).stream().mapToLong(DeliveryRollup::rows).sum());
    } catch (SQLException e) {
      throw new SqlFailure("cannot follow the tables: " + SqlFailure.firstLine(e), e);
    }
  }

  /// Puts in some of what is new, after [#follow]: whole files, until those have a quarter of a
  /// million rows.
  void mergeStep(LakeState lake) {
    List<NewFile> step = step(newFiles(lake));
    if (step.isEmpty()) {
      return;
    }
    try {
      inOneTransaction(() -> merge(step));
      step.forEach(added -> covered.add(added.data().path()));
    } catch (SQLException e) {
      throw new SqlFailure("cannot refresh the deliveries: " + SqlFailure.firstLine(e), e);
    }
  }

  /// Caps what all its connections together put beside the file when memory does not do.
  void spillAtMost(long bytes) {
    try {
      execute(DiskRoom.spillAtMost(bytes));
    } catch (SQLException e) {
      throw new SqlFailure("cannot limit the spill: " + SqlFailure.firstLine(e), e);
    }
  }

  /// A connection that goes on seeing what is in the table now.
  Connection reader() {
    try {
      return file.reader("SELECT 1 FROM " + DELIVERIES + " LIMIT 0");
    } catch (SQLException e) {
      throw new SqlFailure("cannot read the deliveries: " + SqlFailure.firstLine(e), e);
    }
  }

  private boolean begin() throws SQLException {
    showOnly(List.of());
    inOneTransaction(() -> {
      execute("CREATE OR REPLACE TABLE all_deliveries AS " + definition());
      execute("DELETE FROM definition");
      execute("INSERT INTO definition VALUES (" + LakeView.quoted(definition()) + ")");
    });
    return true;
  }

  private boolean isOfToday() throws SQLException {
    return texts("SELECT text FROM definition").equals(Set.of(definition()));
  }

  private String definition() {
    return library.selectBase(DELIVERIES);
  }

  private boolean follow(Table table, long version, Changes changes) throws IOException {
    long known = seen.getOrDefault(table.name(), LakeView.NO_VERSION);
    if (known == version || known == LakeView.NO_VERSION) {
      return true;
    }
    Optional<List<FileChange>> between =
        known < version ? changes.of(table, known, version) : Optional.empty();
    return between.isPresent() && between.get().stream().allMatch(this::follow);
  }

  private boolean follow(FileChange change) {
    if (change.removed().isEmpty()) {
      return true;
    }
    // Where one of the files was not read, the new one is: facts may come twice.
    if (covered.containsAll(change.removed())) {
      covered.addAll(change.added());
    }
    change.removed().forEach(covered::remove);
    return change.sameRows();
  }

  private void remember(LakeState lake) throws SQLException {
    Map<String, Long> versions = versions(lake);
    if (versions.equals(seen)) {
      return;
    }
    inOneTransaction(() -> {
      execute("DELETE FROM covered");
      insertCovered(covered);
      execute("DELETE FROM seen");
      execute(
          versions.entrySet().stream()
              .map(one -> "(%s, %d)".formatted(LakeView.quoted(one.getKey()), one.getValue()))
              .collect(Collectors.joining(", ", "INSERT INTO seen VALUES ", "")));
    });
    seen = versions;
  }

  private static Map<String, Long> versions(LakeState lake) {
    return LakeState.channels().stream()
        .collect(Collectors.toUnmodifiableMap(Table::name, lake::version));
  }

  /// Puts the facts of some new files in.
  private void merge(List<NewFile> step) throws SQLException {
    showOnly(step);
    execute("CREATE OR REPLACE TEMP TABLE fresh AS " + library.selectBase("delivery_facts"));
    execute("CREATE OR REPLACE TEMP TABLE merged AS " + mergedFacts());
    execute("DELETE FROM all_deliveries AS d USING fresh AS k WHERE " + SAME_DELIVERY);
    execute(
        "INSERT INTO all_deliveries BY NAME WITH delivery_facts AS (FROM merged) "
            + library.selectOf(DELIVERIES));
    execute("DROP TABLE fresh");
    execute("DROP TABLE merged");
    insertCovered(step.stream().map(added -> added.data().path()).collect(Collectors.toSet()));
  }

  private void insertCovered(Set<String> paths) throws SQLException {
    if (!paths.isEmpty()) {
      execute(
          paths.stream()
              .map(path -> "(" + LakeView.quoted(path) + ")")
              .collect(Collectors.joining(", ", "INSERT INTO covered VALUES ", "")));
    }
  }

  /// Facts of the fresh events together with what was known of the same deliveries.
  private String mergedFacts() throws SQLException {
    String merged =
        texts("SELECT column_name FROM (DESCRIBE fresh)").stream()
            .map(DeliveryRollup::merged)
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM fresh AS k LEFT JOIN all_deliveries AS d ON %s"
        .formatted(merged, SAME_DELIVERY);
  }

  /// `least` and `greatest` pass over nulls, as minima and maxima do.
  private static String merged(String fact) {
    return switch (fact) {
      case "channel", "source", "delivery_id" -> "k." + fact;
      default ->
          "%s(k.%s, d.%s) AS %s"
              .formatted(fact.startsWith("first_") ? "least" : "greatest", fact, fact, fact);
    };
  }

  /// The channel tables hold these files and no others.
  private void showOnly(List<NewFile> files) throws SQLException {
    for (Table table : LakeState.channels()) {
      List<DataFile> data =
          files.stream().filter(file -> file.table().equals(table)).map(NewFile::data).toList();
      var snapshot = new TableSnapshot(table.name(), 0, Instant.EPOCH, data);
      execute(LakeView.of(table, Optional.of(snapshot)).temporary());
    }
  }

  private static Set<String> paths(LakeState lake) {
    return LakeState.channels().stream()
        .flatMap(table -> lake.files(table).stream())
        .map(DataFile::path)
        .collect(Collectors.toSet());
  }

  private List<NewFile> newFiles(LakeState lake) {
    return LakeState.channels().stream()
        .flatMap(table -> lake.files(table).stream().map(data -> new NewFile(table, data)))
        .filter(added -> !covered.contains(added.data().path()))
        .toList();
  }

  private static List<NewFile> step(List<NewFile> files) {
    var step = new ArrayList<NewFile>();
    long rows = 0;
    for (NewFile added : files) {
      if (rows < ROWS_A_STEP) {
        step.add(added);
        rows += rows(added);
      }
    }
    return step;
  }

  /// A file of unknown length gets a step of its own.
  private static long rows(NewFile added) {
    return added.data().rows() < 0 ? ROWS_A_STEP : added.data().rows();
  }

  private Map<String, Long> versions() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name, version FROM seen")) {
      var versions = new HashMap<String, Long>();
      while (rows.next()) {
        versions.put(rows.getString(1), rows.getLong(2));
      }
      return Map.copyOf(versions);
    }
  }

  private Set<String> texts(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var values = new HashSet<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private interface Work {
    void run() throws SQLException;
  }

  private void inOneTransaction(Work work) throws SQLException {
    execute("BEGIN");
    boolean done = false;
    try {
      work.run();
      execute("COMMIT");
      done = true;
    } finally {
      if (!done) {
        execute("ROLLBACK");
      }
    }
  }

  private void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
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

  private record NewFile(Table table, DataFile data) {}
}
