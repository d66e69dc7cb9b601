package dev.hooklake.server.operations;

import java.nio.file.Path;

/// The engines that every test of the operations database runs on.
public enum TestDatabase {
  SQLITE {
    @Override
    public DatabaseSettings empty(Path directory) {
      return DatabaseSettings.of("", directory);
    }
  },
  POSTGRES {
    @Override
    public DatabaseSettings empty(Path directory) {
      return PostgresServer.newDatabase();
    }
  };

  /// An empty database; an SQLite one in `directory`, which must not hold another.
  public abstract DatabaseSettings empty(Path directory);
}
