package dev.hooklake.server.operations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for the tests of this JVM: started at first use, stopped when the JVM ends.
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  /// The settings of a new, empty database.
  public static DatabaseSettings.Postgres newDatabase() {
    return (DatabaseSettings.Postgres) DatabaseSettings.of(newDatabaseUrl(), Path.of("unused"));
  }

  /// The `DB_URL` of a new, empty database.
  public static String newDatabaseUrl() {
    String name = "hooklake_" + DATABASES.incrementAndGet();
    try (Connection connection = Running.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("database " + name + " cannot be made", e);
    }
    return url(name);
  }

  public static int port() {
    return Running.SERVER.getPort();
  }

  private static String url(String database) {
    return "postgresql://postgres:postgres@127.0.0.1:" + port() + "/" + database;
  }

  private static final class Running {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("the PostgreSQL of the tests does not start", e);
      }
    }
  }
}
