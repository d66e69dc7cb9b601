package dev.hooklake.server.operations;

import java.nio.file.Path;

/// Which database holds the operations tables.
public sealed interface DatabaseSettings {

  /// A file of our own; its directory is made when it is missing.
  record Sqlite(Path file) implements DatabaseSettings {}

  /// A PostgreSQL server. `jdbcUrl` holds no credentials; `place` is host, port and database, for
  /// messages.
  record Postgres(String jdbcUrl, String place, String user, String password)
      implements DatabaseSettings {
    @Override
    public String toString() {
      return "Postgres[" + place + "]";
    }
  }

  /// The settings meant by `DB_URL`; when it is empty, SQLite in the data directory.
  static DatabaseSettings of(String databaseUrl, Path dataDirectory) {
    return databaseUrl.isBlank()
        ? new Sqlite(dataDirectory.resolve("operations.db"))
        : PostgresUrl.parse(databaseUrl.strip());
  }
}
