package dev.hooklake.server.operations;

import com.zaxxer.hikari.HikariDataSource;
import dev.hooklake.server.operations.DatabaseSettings.Postgres;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// PostgreSQL: one pool for everybody, with limits on every wait.
final class PostgresEngine implements Engine {
  /// Tracking and enrichment hold one each; the rest is for jobs, the admin API and the console.
  private static final int CONNECTIONS = 8;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(20);

  private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58");

  private final Postgres settings;

  PostgresEngine(Postgres settings) {
    this.settings = settings;
  }

  @Override
  public String place() {
    return settings.place();
  }

  @Override
  public String jdbcUrl() {
    return settings.jdbcUrl();
  }

  /// Options in the URL win over these. No limit on the answer here: a migration of a large table
  /// takes its time.
  @Override
  public Properties properties() {
    var properties = new Properties();
    if (!settings.user().isEmpty()) {
      properties.setProperty("user", settings.user());
      properties.setProperty("password", settings.password());
    }
    properties.setProperty("ApplicationName", "hooklake");
    properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    // A server's detail quotes values, for example of a key that stands twice.
    properties.setProperty("logServerErrorDetail", "false");
    properties.setProperty("options", "-c lock_timeout=" + LOCK_TIMEOUT.toMillis());
    return properties;
  }

  @Override
  public Pools pools() {
    Properties properties = properties();
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
    var pool = new HikariDataSource(pool("operations", properties, CONNECTIONS));
    return new Pools(pool, pool);
  }

  @Override
  public String meaning(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return switch (state) {
      case "28P01", "28000" -> "the server refuses the user or the password; check DB_URL";
      case "3D000" -> "the server has no database of that name; create it";
      case "53300" -> "the server has no connection left; raise its max_connections";
      case "53100" -> "the server's disk is full";
      case "55P03" -> "another transaction holds a lock for too long; end that one";
      case "57P01", "57P02", "57P03" -> "the server is starting or stopping; try again";
      case "08000", "08001", "08003", "08004", "08006", "08007" ->
          "the server cannot be reached; check host, port, network and TLS";
      default ->
          failure instanceof SQLTransientConnectionException
              ? "no connection became free or could be made within "
                  + WAIT_FOR_CONNECTION.toSeconds()
                  + " s"
              : "SQL state " + state;
    };
  }

  /// Nothing: what was deleted is in the server's files until its vacuum, and in its backups.
  @Override
  public void purge(Handle handle) {}

  /// By class of the SQL state: connection, rollback by the server, resources, intervention; of the
  /// class "object not in the state needed" only the lock that was not got.
  @Override
  public boolean away(SQLException failure) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    return failure instanceof SQLTransientConnectionException
        || state.equals("55P03")
        || AWAY.contains(state.substring(0, Math.min(2, state.length())));
  }
}
