package dev.hooklake.server.operations;

import dev.hooklake.journal.JournalRecord;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What a consumer makes of the journal's records in the operations database.
///
/// Used by one thread. What throws is tried again with the same records.
public interface JournalEffect {

  /// Decodes a batch, before its transaction begins.
  Work prepare(List<JournalRecord> records, Instant now);

  /// What else is due now and then, such as dropping what is too old. Called after each batch, and
  /// several times a second when none comes.
  default void tidy(OperationsDatabase database, Instant now) {}

  /// A batch that is ready to be stored.
  interface Work {

    /// Stores it, in the transaction that moves the consumer's position.
    void store(Handle handle);

    /// The transaction is known to be committed.
    default void stored() {}
  }
}
