package dev.hooklake.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class OperationsDatabaseOnPostgresTest extends OperationsDatabaseContract {
  private static final String SECRET = "s3cret-of-nobody";

  @Override
  DatabaseSettings emptyDatabase() {
    return PostgresServer.newDatabase();
  }

  @Test
  void aWrongUserIsToldWithoutNamingItOrThePassword() {
    String url =
        "postgresql://stranger:" + SECRET + "@127.0.0.1:" + PostgresServer.port() + "/postgres";

    assertOpeningFails(url).hasMessageContaining("refuses the user or the password");
  }

  @Test
  void aMissingDatabaseIsTold() {
    String url =
        "postgresql://postgres:" + SECRET + "@127.0.0.1:" + PostgresServer.port() + "/nowhere";

    assertOpeningFails(url).hasMessageContaining("has no database of that name");
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    assertOpeningFails("postgresql://someone:" + SECRET + "@127.0.0.1:1/hooklake")
        .hasMessageContaining("127.0.0.1:1/hooklake")
        .hasMessageContaining("cannot be reached");
  }

  @Test
  void tablesOfSomebodyElseAreNotTouched() {
    DatabaseSettings.Postgres settings = PostgresServer.newDatabase();
    try (OperationsDatabase database = OperationsDatabase.open(settings)) {
      database.change(
          handle -> handle.execute("ALTER TABLE flyway_schema_history RENAME TO not_ours"));
    }

    assertThatThrownBy(() -> OperationsDatabase.open(settings))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("a database or schema of its own");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertOpeningFails(String url) {
    DatabaseSettings settings = DatabaseSettings.of(url, Path.of("unused"));
    assertThat(settings.toString()).doesNotContain(SECRET);
    return assertThatThrownBy(() -> OperationsDatabase.open(settings))
        .isInstanceOf(DatabaseUnusable.class)
        .hasNoCause()
        .hasMessageNotContainingAny(SECRET, "stranger", "someone");
  }
}
