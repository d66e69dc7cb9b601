package dev.hooklake.server.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.operations.ConsumerCheckpoints.Range;
import java.util.UUID;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for the operations database on either engine.
abstract class OperationsDatabaseContract {
  private static final String CONSUMER = "tracking";
  private static final UUID JOURNAL = new UUID(1, 2);

  private DatabaseSettings settings;
  private OperationsDatabase database;

  abstract DatabaseSettings emptyDatabase();

  @BeforeEach
  void open() {
    settings = emptyDatabase();
    database = OperationsDatabase.open(settings);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aConsumerStartsAtTheBeginningOfAJournal() {
    assertThat(position(JOURNAL)).isZero();
  }

  @Test
  void aPositionIsThereAfterReopening() {
    advance(new Range(0, 7));

    database.close();
    database = OperationsDatabase.open(settings);

    assertThat(position(JOURNAL)).isEqualTo(7);
  }

  @Test
  void aPositionMeansNothingInAnotherJournal() {
    advance(new Range(0, 7));

    assertThat(position(new UUID(3, 4))).isZero();
  }

  @Test
  void serversThatShareTheDatabaseKeepAPositionEach() {
    UUID other = new UUID(3, 4);
    advance(new Range(0, 7));
    database.change(
        handle -> ConsumerCheckpoints.advance(handle, CONSUMER, other, new Range(0, 2)));
    advance(new Range(7, 9));

    assertThat(position(JOURNAL)).isEqualTo(9);
    assertThat(position(other)).isEqualTo(2);
  }

  @Test
  void aPositionMovedByAnotherProcessIsNotMovedAgain() {
    advance(new Range(0, 7));

    assertThatThrownBy(() -> advance(new Range(0, 9))).hasMessageContaining("another process");
    assertThat(position(JOURNAL)).isEqualTo(7);
  }

  @Test
  void workThatThrowsLeavesNothingBehind() {
    assertThatThrownBy(() ->
            database.change(handle -> {
              ConsumerCheckpoints.advance(handle, CONSUMER, JOURNAL, new Range(0, 7));
              throw new IllegalStateException("injected");
            }))
        .hasMessage("injected");

    assertThat(position(JOURNAL)).isZero();
  }

  @Test
  void aFailedStatementDoesNotTellItsValues() {
    String person = "someone@customer.example";
    advance(new Range(0, 7));

    assertThatThrownBy(() ->
            database.change(handle ->
                handle
                    .createUpdate(
                        "INSERT INTO consumer_checkpoints (consumer, journal_id, position)"
                            + " VALUES (:consumer, :journal, 1), (:consumer, :journal, 2)")
                    .bind("consumer", person)
                    .bind("journal", person)
                    .execute()))
        .satisfies(thrown ->
            assertThat(Throwables.getStackTrace(thrown))
                .contains("consumer_checkpoints")
                .doesNotContain(person));
  }

  @Test
  void aRowThatFailsDoesNotTellItsValuesNorDoOthersOfItsStatement() {
    String person = "someone@customer.example";

    assertThatThrownBy(() ->
            database.change(handle -> {
              try (RowStatement row =
                  new RowStatement(
                      handle,
                      "INSERT INTO consumer_checkpoints (consumer, journal_id, position)"
                          + " VALUES (?, ?, ?)")) {
                row.text("a").text(person).number(1L).add();
                row.text("b").text(person).number(null).add();
                row.execute();
              }
            }))
        .satisfies(thrown -> assertThat(Throwables.getStackTrace(thrown)).doesNotContain(person));
    assertThat(position(JOURNAL)).isZero();
  }

  @Test
  void rowsOfAStatementAreEachToldWhatTheyChanged() {
    advance(new Range(0, 7));

    int[] changed =
        database.write(handle -> {
          try (RowStatement row =
              new RowStatement(
                  handle,
                  "UPDATE consumer_checkpoints SET position = ?"
                      + " WHERE consumer = ? AND journal_id = ?")) {
            row.number(8L).text(CONSUMER).text(JOURNAL.toString()).add();
            row.number(9L).text("nobody").text(JOURNAL.toString()).add();
            return row.execute();
          }
        });

    assertThat(changed).containsExactly(1, 0);
    assertThat(position(JOURNAL)).isEqualTo(8);
  }

  @Test
  void readersSeeTheLastCommitWhileAWriterWrites() {
    advance(new Range(0, 7));

    long seen =
        database.write(handle -> {
          ConsumerCheckpoints.advance(handle, CONSUMER, JOURNAL, new Range(7, 9));
          return position(JOURNAL);
        });

    assertThat(seen).isEqualTo(7);
    assertThat(position(JOURNAL)).isEqualTo(9);
  }

  @Test
  void tablesOfANewerBuildAreRefused() {
    database.change(handle ->
        handle.execute(
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                + " script, installed_by, installed_on, execution_time, success)"
                + " SELECT 9999, '9999', 'later', type, 'V9999__later.sql', installed_by,"
                + " installed_on, 1, success FROM flyway_schema_history WHERE version = '1'"));

    assertThatThrownBy(() -> OperationsDatabase.open(settings))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("not those of this build");
  }

  private void advance(Range range) {
    database.change(handle -> ConsumerCheckpoints.advance(handle, CONSUMER, JOURNAL, range));
  }

  private long position(UUID journal) {
    return database.read(handle -> ConsumerCheckpoints.position(handle, CONSUMER, journal));
  }
}
