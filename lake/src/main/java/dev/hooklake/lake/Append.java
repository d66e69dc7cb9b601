package dev.hooklake.lake;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Transaction;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one batch's rows of one table into it: look where the table stands, write files, commit,
/// and after any failure look again.
///
/// Files are written once and committed on top of whatever another writer put there meanwhile, as
/// long as neither the table's schema nor its transaction id changed. They are deleted when it is
/// certain that no version of the table will ever refer to them.
final class Append {
  private static final Logger LOG = LoggerFactory.getLogger(Append.class);
  private static final int ATTEMPTS = 5;

  private final List<SequencedRow> rows;
  private final long lastSequence;
  private final @Nullable Table evenIfEmpty;
  private @Nullable StagedFiles staged;
  private boolean mayStillArrive;

  /// @param evenIfEmpty the table, when a commit without a row is wanted too, to record
  ///   `lastSequence`; the table is then begun without a row
  Append(List<SequencedRow> rows, long lastSequence, @Nullable Table evenIfEmpty) {
    this.rows = rows;
    this.lastSequence = lastSequence;
    this.evenIfEmpty = evenIfEmpty;
  }

  TableOutcome to(LakeTable table) {
    TableOutcome outcome = new TableOutcome.Unknown("not tried");
    for (int failures = 0; ; failures++) {
      TableState state;
      try {
        state = table.state();
      } catch (RuntimeException e) {
        return table.notLoaded(e);
      }
      if (isDone(state)) {
        return new TableOutcome.Committed();
      }
      if (failures == ATTEMPTS || outcome instanceof TableOutcome.Rejected) {
        discard();
        return outcome;
      }
      outcome = attempt(table, state);
      if (outcome instanceof TableOutcome.Committed) {
        return outcome;
      }
      table.forget();
    }
  }

  private boolean isDone(TableState state) {
    if (state.transaction() >= lastSequence) {
      return true;
    }
    boolean nothingToWrite = rows.isEmpty() || rows.getLast().sequence() <= state.transaction();
    return nothingToWrite && evenIfEmpty == null;
  }

  private TableOutcome attempt(LakeTable table, TableState state) {
    try {
      Transaction transaction = table.begin(state, definition(state), lastSequence);
      StagedFiles files = stagedFor(table.lake(), state, transaction);
      table.commit(transaction, files.commitActions(), lastSequence);
      return new TableOutcome.Committed();
    } catch (IOException | RuntimeException e) {
      LOG.debug("an attempt failed: {}", StorageFailure.trace(e));
      TableOutcome outcome = TableOutcome.of(e);
      mayStillArrive |= outcome instanceof TableOutcome.Unknown && !table.lake().settles();
      return outcome;
    }
  }

  private @Nullable Table definition(TableState state) {
    if (!rows.isEmpty()) {
      return rows.getFirst().row().table();
    }
    return state.snapshot() == null ? evenIfEmpty : null;
  }

  private StagedFiles stagedFor(LakeAccess lake, TableState state, Transaction transaction)
      throws IOException {
    StagedFiles files = staged;
    if (files != null && files.fit(state)) {
      return files;
    }
    discard();
    files = StagedFiles.write(lake, state, transaction, rowsAfter(state.transaction()));
    staged = files;
    return files;
  }

  private List<Row> rowsAfter(long sequence) {
    return rows.stream().filter(row -> row.sequence() > sequence).map(SequencedRow::row).toList();
  }

  private void discard() {
    if (staged != null && !mayStillArrive) {
      staged.output().deleteAll();
    }
    staged = null;
  }
}
