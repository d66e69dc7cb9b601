package dev.hooklake.server.analytics;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SQL over one snapshot of the lake: each table is a view of that name, whether or not anything
/// has landed in it yet.
///
/// It only reads: after the views are made, DuckDB may open the snapshot's files and nothing else,
/// and only statements that select are run. Used by one thread at a time; any may interrupt it.
public final class LakeSql implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeSql.class);

  private final Connection connection;
  private final SpillDirectory spill;
  private final List<LakeView> views;

  /// What runs now; never cancelled once it is being closed.
  private @Nullable Statement running;

  private volatile boolean interrupted;

  private LakeSql(Connection connection, SpillDirectory spill, List<LakeView> views) {
    this.connection = connection;
    this.spill = spill;
    this.views = List.copyOf(views);
  }

  /// Opens the newest version of every table; one that does not exist yet is there, and empty.
  ///
  /// Landing's version is taken first: it is committed last, so every event in it is also in the
  /// channel table or the quarantine seen here.
  public static LakeSql open(LakeReader lake, SqlLimits limits) throws IOException {
    var views = new ArrayList<LakeView>();
    views.add(LakeView.of(Tables.LANDING, lake.snapshot(Tables.LANDING)));
    for (Table table : Tables.readable()) {
      if (!table.equals(Tables.LANDING)) {
        views.add(LakeView.of(table, lake.snapshot(table)));
      }
    }
    return of(views, limits);
  }

  static LakeSql of(List<LakeView> views, SqlLimits limits) {
    try {
      return open(views, limits);
    } catch (SQLException e) {
      throw new SqlFailure("cannot open the lake's tables: " + SqlFailure.firstLine(e), e);
    }
  }

  private static LakeSql open(List<LakeView> views, SqlLimits limits) throws SQLException {
    var properties = new Properties();
    // Rows are handed over as they come, so a large result needs no memory of its own.
    properties.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
    SpillDirectory spill = SpillDirectory.in(limits.spill());
    var opened = new LakeSql(connection, spill, views);
    boolean ready = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      statement.execute("SET threads = " + limits.threads());
      statement.execute("SET memory_limit = '" + limits.memoryMebibytes() + "MiB'");
      spill.use(statement);
      // Files are in the system's cache already.
      statement.execute("SET enable_external_file_cache = false");
      for (LakeView view : views) {
        statement.execute(view.definition());
      }
      lock(statement, views);
      ready = true;
      return opened;
    } finally {
      if (!ready) {
        opened.close();
      }
    }
  }

  private static void lock(Statement statement, List<LakeView> views) throws SQLException {
    List<Path> readable = views.stream().flatMap(view -> view.files().stream()).toList();
    statement.execute("SET allowed_paths = " + LakeView.quotedList(readable));
    statement.execute("SET enable_external_access = false");
    statement.execute("SET lock_configuration = true");
  }

  /// Runs one select, `?` standing for the parameters, and hands its rows over in order.
  public void query(String sql, List<String> parameters, ResultReader reader) {
    query(sql, parameters, reader, statement -> () -> {});
  }

  /// The same, watched while it runs.
  void query(String sql, List<String> parameters, ResultReader reader, Watch watch) {
    try {
      refuseAllButOneSelect(sql);
      run(
          sql,
          parameters,
          rows -> ResultRows.read(rows, reader, this::refuseOnceInterrupted),
          watch);
    } catch (SQLException e) {
      throw spill.isGone() ? SqlFailure.Busy.cleared() : new SqlFailure(explain(e), e);
    }
  }

  /// Lets what runs now fail, and whatever is asked here from now on.
  public synchronized void interrupt() {
    interrupted = true;
    try {
      if (running != null) {
        running.cancel();
      }
    } catch (SQLException e) {
      LOG.warn("A query could not be stopped: SQL state {}", e.getSQLState());
    }
  }

  private void refuseOnceInterrupted() {
    if (interrupted) {
      throw new SqlFailure("INTERRUPT Error: stopped");
    }
  }

  /// What DuckDB's own parser makes of one select, as JSON.
  String parsed(String sql) {
    var tree = new StringBuilder();
    try {
      refuseAllButOneSelect(sql);
      run(
          "SELECT json_serialize_sql(?::VARCHAR)",
          List.of(sql),
          rows -> {
            rows.next();
            tree.append(rows.getString(1));
          },
          statement -> () -> {});
    } catch (SQLException e) {
      throw new SqlFailure(explain(e), e);
    }
    return tree.toString();
  }

  /// DuckDB's own parser decides what is a select; `COPY … TO` could else overwrite a data file.
  private void refuseAllButOneSelect(String sql) throws SQLException {
    run(
        """
        WITH parsed AS (SELECT json_serialize_sql(?::VARCHAR) AS tree)
        SELECT tree ->> 'error_type', tree ->> 'error_message',
            json_array_length(tree -> 'statements')
        FROM parsed\
        """,
        List.of(sql),
        parsed -> {
          parsed.next();
          refuse(parsed.getString(1), parsed.getString(2), parsed.getLong(3));
        },
        statement -> () -> {});
  }

  private static void refuse(@Nullable String errorType, @Nullable String message, long count) {
    if ("not implemented".equals(errorType)) {
      throw new SqlFailure("only statements that read are run: SELECT, SHOW, DESCRIBE, SUMMARIZE");
    }
    if (errorType != null) {
      throw new SqlFailure(errorType + " error: " + message);
    }
    if (count != 1) {
      throw new SqlFailure("give exactly one statement, not " + count);
    }
  }

  /// Whether this still is the newest version of every table, with a place to spill to.
  boolean isCurrent(LakeReader lake) throws IOException {
    if (spill.isGone()) {
      return false;
    }
    for (LakeView view : views) {
      Table table = Tables.byName(view.name()).orElseThrow();
      long newest = lake.snapshot(table).map(TableSnapshot::version).orElse(LakeView.NO_VERSION);
      if (newest != view.version()) {
        return false;
      }
    }
    return true;
  }

  /// The Delta version of a table that is queried here.
  long version(String table) {
    return views.stream()
        .filter(view -> view.name().equals(table))
        .mapToLong(LakeView::version)
        .findFirst()
        .orElseThrow();
  }

  List<String> names() {
    return views.stream().map(LakeView::name).toList();
  }

  private void run(String sql, List<String> parameters, Rows use, Watch watch) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        Watch.Kept _ = interruptible(statement);
        Watch.Kept _ = watch.over(statement);
        ResultSet rows = execute(statement, parameters)) {
      use.accept(rows);
    }
  }

  private synchronized Watch.Kept interruptible(Statement statement) {
    refuseOnceInterrupted();
    running = statement;
    return this::ended;
  }

  private synchronized void ended() {
    running = null;
  }

  static ResultSet execute(PreparedStatement statement, List<String> parameters)
      throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      statement.setString(i + 1, parameters.get(i));
    }
    return statement.executeQuery();
  }

  private String explain(SQLException e) {
    String message = SqlFailure.firstLine(e);
    return message.contains("does not exist") && message.contains("Table with name")
        ? message + "\nThe tables are: " + String.join(", ", names())
        : message;
  }

  @Override
  public void close() {
    try (spill) {
      connection.close();
    } catch (SQLException e) {
      throw new SqlFailure("cannot close DuckDB", e);
    }
  }

  /// Keeps an eye on a statement from before it runs until its rows have been read.
  interface Watch {
    Kept over(Statement statement);

    /// Ends the watch.
    interface Kept extends AutoCloseable {
      @Override
      void close();
    }
  }

  private interface Rows {
    void accept(ResultSet rows) throws SQLException;
  }
}
