package dev.hooklake.server.sinks;

import dev.hooklake.server.operations.TargetAway;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events into a table by JDBC, a batch in a transaction.
///
/// A batch that is refused for what is in it is written again row by row, so that only the rows
/// that are at fault are rejected.
final class JdbcSink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcSink.class);

  private final String name;
  private final JdbcTarget target;
  private final JdbcDriver driver;
  private @Nullable Connection connection;
  private @Nullable Dialect dialect;

  JdbcSink(String name, JdbcTarget target) {
    this.name = name;
    this.target = target;
    this.driver = new JdbcDriver(target);
  }

  @Override
  public List<Rejected> write(List<SinkRow> rows) {
    try {
      Connection open = open();
      return committed(open, rows) ? List.of() : oneByOne(open, rows);
    } catch (SQLException e) {
      close();
      throw new TargetAway(meaning(e));
    }
  }

  /// False when the batch was refused for what is in it.
  private boolean committed(Connection open, List<SinkRow> rows) throws SQLException {
    try {
      batch(open, rows);
      return true;
    } catch (SQLException e) {
      open.rollback();
      if (!blamesContents(e)) {
        throw e;
      }
      return false;
    }
  }

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = driver.connect();
      connection = open;
      open.setAutoCommit(true);
      dialect = new Dialect(target, open.getMetaData().getIdentifierQuoteString().strip());
      prepareTable(open, dialect);
      open.setAutoCommit(false);
    }
    return open;
  }

  private void prepareTable(Connection open, Dialect of) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(of.create());
      for (SinkColumn column : missing(statement, of)) {
        LOG.info("Sink {}: its table gets the column {}", name, column.label());
        statement.execute(of.add(column));
      }
    }
  }

  private static List<SinkColumn> missing(Statement statement, Dialect of) throws SQLException {
    Set<String> present = new HashSet<>();
    try (ResultSet nothing = statement.executeQuery(of.nothing())) {
      ResultSetMetaData columns = nothing.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        present.add(columns.getColumnName(i).toLowerCase(Locale.ROOT));
      }
    }
    return SinkColumn.ALL.stream().filter(column -> !present.contains(column.label())).toList();
  }

  private void batch(Connection open, List<SinkRow> rows) throws SQLException {
    Dialect of = dialect();
    try (PreparedStatement upsert = open.prepareStatement(of.upsert())) {
      for (SinkRow row : rows) {
        bind(upsert, of, row);
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    open.commit();
  }

  private List<Rejected> oneByOne(Connection open, List<SinkRow> rows) throws SQLException {
    List<Rejected> rejected = new ArrayList<>();
    for (SinkRow row : rows) {
      try {
        batch(open, List.of(row));
      } catch (SQLException e) {
        open.rollback();
        if (!blamesContents(e)) {
          throw e;
        }
        rejected.add(new Rejected(row, "SQL state " + e.getSQLState()));
      }
    }
    return rejected;
  }

  private static void bind(PreparedStatement upsert, Dialect of, SinkRow row) throws SQLException {
    int position = 0;
    for (SinkColumn column : SinkColumn.ALL) {
      position++;
      switch (row.value(column)) {
        case null -> upsert.setNull(position, sqlType(column));
        case Instant instant -> upsert.setObject(position, of.time(instant));
        case Long number -> upsert.setLong(position, number);
        case Object text -> upsert.setString(position, text.toString());
      }
    }
  }

  private static int sqlType(SinkColumn column) {
    return column.kind() == SinkColumn.Kind.NUMBER ? Types.BIGINT : Types.VARCHAR;
  }

  private Dialect dialect() {
    Dialect of = dialect;
    if (of == null) {
      throw new IllegalStateException("opened with the connection");
    }
    return of;
  }

  /// Data exceptions and violated constraints; any of the chain, as drivers wrap those of batches.
  private static boolean blamesContents(SQLException failure) {
    for (SQLException one = failure; one != null; one = one.getNextException()) {
      String state = one.getSQLState();
      if (state != null && (state.startsWith("22") || state.startsWith("23"))) {
        return true;
      }
    }
    return false;
  }

  /// Without the driver's words: they may quote values and user names.
  private String meaning(SQLException failure) {
    return "sink "
        + name
        + ": "
        + target.product()
        + " does not take events: "
        + (failure.getSQLState() == null
            ? "error " + failure.getErrorCode()
            : "SQL state " + failure.getSQLState());
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("Sink {}: its connection could not be closed in order", name);
      }
    }
  }
}
