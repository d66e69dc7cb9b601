package dev.hooklake.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that does not serve is told from a statement that is wrong.
class DatabaseAwayTest {
  private static final String ONE_MORE =
      "INSERT INTO consumer_checkpoints (consumer, journal_id, position) VALUES ('a', 'b', 1)";

  @TempDir Path directory;

  @Test
  void aPostgresThatEndsAConnectionIsAwayAndServesAgain() {
    DatabaseSettings.Postgres settings = PostgresServer.newDatabase();
    try (OperationsDatabase database = OperationsDatabase.open(settings);
        OperationsDatabase administrator = OperationsDatabase.open(settings)) {
      assertThatThrownBy(() ->
              database.change(handle -> {
                handle.execute(ONE_MORE);
                end(administrator, handle);
                handle.execute("DELETE FROM consumer_checkpoints");
              }))
          .isInstanceOf(DatabaseAway.class)
          .hasNoCause()
          .hasMessageContaining(settings.place())
          .hasMessageMatching(".*(starting or stopping|cannot be reached).*")
          .hasMessageNotContaining("administrator command");

      database.change(handle -> handle.execute(ONE_MORE));
      assertThat(count(database)).isEqualTo(1);
    }
  }

  @Test
  void anSqliteFileThatAnotherProcessWritesIsAway() throws Exception {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      assertAwayWhileHeld(database);

      database.change(handle -> handle.execute(ONE_MORE));
      assertThat(count(database)).isEqualTo(1);
    }
  }

  private void assertAwayWhileHeld(OperationsDatabase database) throws SQLException {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("operations.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> database.change(handle -> handle.execute(ONE_MORE)))
          .isInstanceOf(DatabaseAway.class)
          .hasMessageContaining("operations.db")
          .hasMessageContaining("another process holds it");
      assertThat(count(database)).isZero();
    }
  }

  @Test
  void aWrongStatementIsNot() {
    try (OperationsDatabase database =
        OperationsDatabase.open(DatabaseSettings.of("", directory))) {
      database.change(handle -> handle.execute(ONE_MORE));

      assertThatThrownBy(() -> database.change(handle -> handle.execute(ONE_MORE)))
          .isInstanceOf(JdbiException.class);
    }
  }

  private static void end(OperationsDatabase administrator, Handle handle) {
    int process = handle.createQuery("SELECT pg_backend_pid()").mapTo(int.class).one();
    boolean ended =
        administrator.read(other ->
            other
                .createQuery("SELECT pg_terminate_backend(:process)")
                .bind("process", process)
                .mapTo(boolean.class)
                .one());
    assertThat(ended).isTrue();
  }

  private static long count(OperationsDatabase database) {
    return database.read(handle ->
        handle.createQuery("SELECT count(*) FROM consumer_checkpoints").mapTo(long.class).one());
  }
}
