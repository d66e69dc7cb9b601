package dev.hooklake.server.app.settings;

import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.DatabaseUnusable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where what needs transactions is kept: SQLite in the data directory, or a PostgreSQL server.
public final class DatabaseSection implements Section<DatabaseSettings> {
  public static final Key<String> URL =
      new Key<>(
          "database.url",
          "DB_URL",
          "",
          new ValueType<>("a URL such as postgresql://user:password@host:5432/name", Optional::of),
          "PostgreSQL for the operations database; without it, SQLite in the data directory.");

  @Override
  public String title() {
    return "The operations database";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(URL);
  }

  @Override
  public DatabaseSettings read(GivenSettings given) {
    Path data = GeneralSection.data(given);
    try {
      return DatabaseSettings.of(given.value(URL), data);
    } catch (DatabaseUnusable e) {
      given.refuse(given.where(URL), String.valueOf(e.getMessage()), "mend it");
      return DatabaseSettings.of("", data);
    }
  }
}
