package dev.hooklake.server.analytics;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// The DuckDB file of the kept deliveries: every connection to it shares one limit of memory.
record RollupFile(Path path, SqlLimits limits) {
  /// The first connection, which sees every change and sets the limits of all.
  Connection first() throws SQLException {
    Connection connection = connect();
    boolean ready = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + limits.threads());
      statement.execute("SET memory_limit = '" + limits.memoryMebibytes() + "MiB'");
      statement.execute("SET temp_directory = " + LakeView.quoted(path + ".tmp"));
      statement.execute(DiskRoom.spillAtMost(0));
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    // Rows are handed over as they come, so a large result needs no memory of its own.
    properties.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + path, properties);
    boolean ready = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  /// A connection that goes on seeing what there is when it runs its first statement.
  Connection reader(String first) throws SQLException {
    Connection connection = connect();
    boolean ready = false;
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(first);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }
}
