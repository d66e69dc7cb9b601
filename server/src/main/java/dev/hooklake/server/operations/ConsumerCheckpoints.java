package dev.hooklake.server.operations;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// How far the consumers that keep their effect in this database have come, stored in the same
/// transaction as that effect.
///
/// A position belongs to one journal: several servers with a journal each may share the database,
/// and in a new journal every consumer starts at its beginning.
public final class ConsumerCheckpoints {
  private static final String POSITION =
      "SELECT position FROM consumer_checkpoints WHERE consumer = :consumer AND journal_id = :journal";

  /// The row without a journal is only there to be locked.
  private static final String TURN =
      "INSERT INTO consumer_checkpoints (consumer, journal_id, position)"
          + " VALUES (:consumer, '', 0)"
          + " ON CONFLICT (consumer, journal_id)"
          + " DO UPDATE SET position = consumer_checkpoints.position";

  private static final String ADVANCE =
      "INSERT INTO consumer_checkpoints (consumer, journal_id, position)"
          + " VALUES (:consumer, :journal, :to)"
          + " ON CONFLICT (consumer, journal_id) DO UPDATE SET position = excluded.position";

  private static final String SKIP =
      "INSERT INTO consumer_checkpoints (consumer, journal_id, position, gap_after, gap_through)"
          + " VALUES (:consumer, :journal, :to, :after, :to)"
          + " ON CONFLICT (consumer, journal_id) DO UPDATE SET position = excluded.position,"
          + " gap_after = COALESCE(consumer_checkpoints.gap_after, excluded.gap_after),"
          + " gap_through = excluded.gap_through";

  private static final String GAP =
      "SELECT gap_after, gap_through FROM consumer_checkpoints"
          + " WHERE consumer = :consumer AND journal_id = :journal AND gap_through IS NOT NULL";

  private static final String CLOSE_GAP =
      "UPDATE consumer_checkpoints SET gap_after = NULL, gap_through = NULL"
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
    move(handle, ADVANCE, consumer, journal, range);
  }

  /// Moves the position over records that can no longer be read, and notes them as a gap.
  static void skip(Handle handle, String consumer, UUID journal, Range missed) {
    move(handle, SKIP, consumer, journal, missed);
  }

  /// The records that were skipped, from the first to the last such time.
  public static Optional<Range> gap(Handle handle, String consumer, UUID journal) {
    return handle
        .createQuery(GAP)
        .bind("consumer", consumer)
        .bind("journal", journal.toString())
        .map((rs, _) -> new Range(rs.getLong("gap_after"), rs.getLong("gap_through")))
        .findOne();
  }

  /// What was skipped has been made up for, from the landing table.
  public static void closeGap(Handle handle, String consumer) {
    handle.createUpdate(CLOSE_GAP).bind("consumer", consumer).execute();
  }

  private static void move(
      Handle handle, String update, String consumer, UUID journal, Range range) {
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
        .createUpdate(update)
        .bind("consumer", consumer)
        .bind("journal", journal.toString())
        .bind("after", range.after())
        .bind("to", range.last())
        .execute();
  }

  /// The records after `after` up to and including `last`.
  public record Range(long after, long last) {}
}
