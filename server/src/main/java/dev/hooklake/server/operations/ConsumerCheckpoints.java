package dev.hooklake.server.operations;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// How far the consumers that keep their effect in this database have come, stored in the same
/// transaction as that effect.
///
/// A position belongs to one journal: in a new journal every consumer starts at its beginning.
public final class ConsumerCheckpoints {
  private static final String POSITION =
      "SELECT position FROM consumer_checkpoints WHERE consumer = :consumer AND journal_id = :journal";

  private static final String TURN =
      "INSERT INTO consumer_checkpoints (consumer, journal_id, position)"
          + " VALUES (:consumer, '', 0)"
          + " ON CONFLICT (consumer) DO UPDATE SET position = consumer_checkpoints.position";

  private static final String ADVANCE =
      "UPDATE consumer_checkpoints SET journal_id = :journal, position = :to"
          + " WHERE consumer = :consumer";

  private ConsumerCheckpoints() {}

  /// The sequence up to which everything is applied, 0 at the start of a journal.
  public static long position(Handle handle, String consumer, UUID journal) {
    return handle
        .createQuery(POSITION)
        .bind("consumer", consumer)
        .bind("journal", journal.toString())
        .mapTo(long.class)
        .findOne()
        .orElse(0L);
  }

  /// Waits until no other transaction has the turn for this consumer, and holds it to the end of
  /// this one. On SQLite every writing transaction has it anyway.
  public static void takeTurn(Handle handle, String consumer) {
    handle.createUpdate(TURN).bind("consumer", consumer).execute();
  }

  /// Takes the turn and moves the position; fails when another process has moved it meanwhile, so
  /// that two of them never apply the same journal side by side.
  public static void advance(Handle handle, String consumer, UUID journal, Range range) {
    takeTurn(handle, consumer);
    long position = position(handle, consumer, journal);
    if (position != range.after()) {
      throw new IllegalStateException(
          "consumer "
              + consumer
              + " stands at "
              + position
              + " in the database, not at "
              + range.after()
              + ": another process applies the same journal; stop one of them");
    }
    handle
        .createUpdate(ADVANCE)
        .bind("consumer", consumer)
        .bind("journal", journal.toString())
        .bind("to", range.last())
        .execute();
  }

  /// The records after `after` up to and including `last`.
  public record Range(long after, long last) {}
}
