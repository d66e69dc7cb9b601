package dev.hooklake.server.operations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What differs between SQLite and PostgreSQL: how to connect, how many connections, and what a
/// failure means.
interface Engine {
  Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);

  /// For messages: a file, or host, port and database; no credentials.
  String place();

  String jdbcUrl();

  /// What the driver is to be told on every connection that may write.
  Properties properties();

  Pools pools();

  /// Says in a sentence why the database does not serve, from what the driver reports.
  String meaning(SQLException failure);

  /// Whether a failure is the database's state, which may pass, and not a fault in a statement.
  boolean away(SQLException failure);

  /// See [OperationsDatabase#purge].
  void purge(Handle handle);

  /// The pools; on PostgreSQL one and the same.
  record Pools(HikariDataSource readers, HikariDataSource writers) {
    Set<HikariDataSource> all() {
      return Stream.of(readers, writers).collect(Collectors.toUnmodifiableSet());
    }
  }

  default void connectOnce() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), properties())) {
      connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      // The cause stays out: drivers put user names and values into their texts.
      throw new DatabaseUnusable(
          "operations database " + place() + " cannot be opened: " + meaning(e), null);
    }
  }

  default HikariConfig pool(String name, Properties properties, int connections) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(jdbcUrl());
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    return config;
  }
}
