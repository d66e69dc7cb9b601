package dev.hooklake.server.app.settings;

import dev.hooklake.server.sinks.BigQueryTarget;
import dev.hooklake.server.sinks.JdbcTarget;
import dev.hooklake.server.sinks.JdbcTarget.Upsert;
import dev.hooklake.server.sinks.SinkSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Warehouses that events are streamed into. Without any, none is.
public final class SinksSection implements Section<List<SinkSettings>> {
  private static final String SINKS = "sinks.";
  private static final String JDBC = "jdbc";
  private static final String BIGQUERY = "bigquery";
  private static final String ON_CONFLICT = "on-conflict";

  static final Key<String> TYPE =
      new Key<>(
          "sinks.<name>.type",
          null,
          JDBC,
          ValueType.oneOf(List.of(JDBC, BIGQUERY)),
          "How the warehouse is reached.");
  static final Key<String> URL =
      new Key<>(
              "sinks.<name>.url",
              null,
              "",
              ValueType.TEXT,
              "JDBC URL of the database, such as jdbc:postgresql://host:5432/warehouse. PostgreSQL,"
                  + " SQLite and DuckDB need no driver-jar.")
          .secret();
  static final Key<String> USER =
      new Key<>("sinks.<name>.user", null, "", ValueType.TEXT, "Who we are to the database.");
  static final Key<String> PASSWORD =
      new Key<>("sinks.<name>.password", null, "", ValueType.TEXT, "Its password.");
  static final Key<String> TABLE =
      new Key<>(
          "sinks.<name>.table",
          null,
          "hooklake_events",
          ValueType.TEXT,
          "The table, with its schema if need be; made when it is missing, widened when columns"
              + " are.");
  static final Key<String> UPSERT =
      new Key<>(
          "sinks.<name>.upsert",
          null,
          ON_CONFLICT,
          ValueType.oneOf(List.of(ON_CONFLICT, "merge")),
          "How a row is written over that is there already: INSERT ... ON CONFLICT, or the"
              + " standard's MERGE.");
  static final Key<Optional<Path>> DRIVER_JAR =
      new Key<>(
          "sinks.<name>.driver-jar",
          null,
          "",
          new ValueType<>("a file", SinksSection::file),
          "Jar of the database's JDBC driver.");
  static final Key<String> PROJECT =
      new Key<>("sinks.<name>.project", null, "", ValueType.TEXT, "BigQuery: the project.");
  static final Key<String> DATASET =
      new Key<>(
          "sinks.<name>.dataset",
          null,
          "",
          ValueType.TEXT,
          "BigQuery: the dataset, which must be there.");
  static final Key<Optional<Path>> CREDENTIALS =
      new Key<>(
          "sinks.<name>.credentials",
          null,
          "",
          new ValueType<>("a file", SinksSection::file),
          "BigQuery: key file of a service account; without it, what Google's libraries find"
              + " (GOOGLE_APPLICATION_CREDENTIALS, the machine's own account).");
  static final Key<Optional<URI>> ENDPOINT =
      new Key<>(
          "sinks.<name>.endpoint",
          null,
          "",
          new ValueType<>("a URL", SinksSection::url),
          "BigQuery: the API's address, if it is not Google's usual one.");

  @Override
  public String title() {
    return "A sink";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        TYPE,
        TABLE,
        URL,
        USER,
        PASSWORD,
        UPSERT,
        DRIVER_JAR,
        PROJECT,
        DATASET,
        CREDENTIALS,
        ENDPOINT);
  }

  /// Nothing: a sink without its database would be an error.
  @Override
  public List<Key<?>> inSample() {
    return List.of();
  }

  @Override
  public List<SinkSettings> read(GivenSettings given) {
    var sinks = new ArrayList<SinkSettings>();
    for (String name : given.members(SINKS)) {
      Optional<SinkSettings> read =
          given.checked(SINKS + name, () -> Optional.of(sink(given, name)), Optional::empty);
      read.ifPresent(sinks::add);
    }
    return List.copyOf(sinks);
  }

  private static SinkSettings sink(GivenSettings given, String name) {
    return new SinkSettings(
        name, given.value(TYPE.of(name)).equals(JDBC) ? jdbc(given, name) : bigQuery(given, name));
  }

  private static JdbcTarget jdbc(GivenSettings given, String name) {
    return new JdbcTarget(
            String.join(",", given.texts(URL.of(name))),
            text(given, USER.of(name)),
            text(given, PASSWORD.of(name)),
            given.value(TABLE.of(name)),
            given.value(DRIVER_JAR.of(name)).orElse(null),
            given.value(UPSERT.of(name)).equals(ON_CONFLICT) ? Upsert.ON_CONFLICT : Upsert.MERGE)
        .withDriver();
  }

  private static BigQueryTarget bigQuery(GivenSettings given, String name) {
    return new BigQueryTarget(
        String.join("", given.texts(PROJECT.of(name))),
        String.join("", given.texts(DATASET.of(name))),
        given.value(TABLE.of(name)),
        given.value(CREDENTIALS.of(name)).orElse(null),
        given.value(ENDPOINT.of(name)).orElse(null));
  }

  private static @Nullable String text(GivenSettings given, Key<String> key) {
    String text = String.join(",", given.texts(key));
    return text.isEmpty() ? null : text;
  }

  private static Optional<Optional<URI>> url(String text) {
    try {
      return Optional.of(text.isBlank() ? Optional.empty() : Optional.of(new URI(text)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Optional<Path>> file(String text) {
    try {
      return Optional.of(text.isBlank() ? Optional.empty() : Optional.of(Path.of(text)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
