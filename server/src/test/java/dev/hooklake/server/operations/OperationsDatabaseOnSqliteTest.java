package dev.hooklake.server.operations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsDatabaseOnSqliteTest extends OperationsDatabaseContract {
  @TempDir private Path directory;

  @Override
  DatabaseSettings emptyDatabase() {
    return DatabaseSettings.of("", directory.resolve("not-there-yet"));
  }

  @Test
  void theFileIsInTheDataDirectoryInWriteAheadMode() {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
      // 2 is FULL.
      assertThat(pragma(database, "synchronous")).isEqualTo("2");
    }
    assertThat(directory.resolve("operations.db")).isRegularFile();
  }

  @Test
  void readersCannotWrite() {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      assertThatThrownBy(
              () -> database.read(handle -> handle.execute("DELETE FROM consumer_checkpoints")))
          .hasMessageContaining("may not write the file");
    }
  }

  @Test
  void afterAPurgeNothingOfADeletedRowIsInTheFiles() throws IOException {
    String person = "someone@customer.example";
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      database.change(handle -> ConsumerCheckpoints.takeTurn(handle, person));
      assertThat(files()).contains(person);

      database.change(handle -> handle.execute("DELETE FROM consumer_checkpoints"));
      database.purge();

      assertThat(files()).contains("consumer_checkpoints").doesNotContain(person);
    }
  }

  private String files() throws IOException {
    return Files.readString(directory.resolve("operations.db"), ISO_8859_1)
        + Files.readString(directory.resolve("operations.db-wal"), ISO_8859_1);
  }

  @Test
  void anotherFileInItsPlaceIsNamed() throws IOException {
    Files.writeString(directory.resolve("operations.db"), "not a database ".repeat(100));

    assertThatThrownBy(() -> OperationsDatabase.open(DatabaseSettings.of("", directory)))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("operations.db")
        .hasMessageContaining("not an SQLite file");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("plain"), "");

    assertThatThrownBy(() -> OperationsDatabase.open(DatabaseSettings.of("", file.resolve("data"))))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("cannot be made");
  }

  private static String pragma(OperationsDatabase database, String name) {
    return database.write(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }
}
