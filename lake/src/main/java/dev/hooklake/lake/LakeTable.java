package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.Row;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.utils.CloseableIterable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One table as its only writer with this journal sees it.
///
/// Appends rows exactly once: each commit carries the last sequence it covers as transaction id,
/// and rows up to the id that the table already has are skipped. After any failure the table is
/// loaded anew and that id decides whether the commit happened.
final class LakeTable {
  /// With the usual pauses between attempts that is about two minutes.
  static final int LOADS_BEFORE_REJECTION = 8;

  private final LakeAccess lake;
  private final String path;
  private final String appId;
  private final Sight sight;
  private final ReentrantLock lock = new ReentrantLock();

  private boolean orphansDeleted;

  /// In a row.
  private int failedLoads;

  /// Null until loaded, and again whenever we are not sure of it.
  private volatile @Nullable TableState state;

  /// @param path from the root
  LakeTable(LakeAccess lake, String path, String appId, Sight sight) {
    this.lake = lake;
    this.path = lake.path(path);
    this.appId = appId;
    this.sight = sight;
  }

  /// Returns `Rejected` when trying again cannot help, and anything but `Committed` when it can.
  TableOutcome append(Append append) {
    lock.lock();
    try {
      return append.to(this);
    } finally {
      lock.unlock();
    }
  }

  /// The last sequence that is in the table, 0 when none.
  long transaction() throws IOException {
    lock.lock();
    try {
      return state().transaction();
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading " + path, e);
    } finally {
      lock.unlock();
    }
  }

  /// Fails when the table is out of sight: not there any more as far as it is known to have come.
  void requireInSight() throws IOException {
    lock.lock();
    try {
      TableState known = state;
      if (known == null || !lake.holdsVersion(path, known.version())) {
        forget();
        state();
      }
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading " + path, e);
    } finally {
      lock.unlock();
    }
  }

  /// Where the table stands, loaded when we are not sure.
  TableState state() {
    TableState known = state;
    if (known == null) {
      known = load();
      sight.check(known);
      failedLoads = 0;
      state = known;
    }
    return known;
  }

  /// What a table that could not be loaded comes to.
  ///
  /// What Kernel says against a log may be untrue a moment later: entries that an erasure deletes
  /// while the log is being listed look like a gap. It counts only when it is said again and again.
  TableOutcome notLoaded(RuntimeException failure) {
    failedLoads++;
    TableOutcome outcome = TableOutcome.of(failure);
    return outcome instanceof TableOutcome.Rejected(String reason)
            && failedLoads < LOADS_BEFORE_REJECTION
        ? new TableOutcome.Unknown(reason)
        : outcome;
  }

  /// Commits on top of `state`, which then is the table's.
  void commit(Transaction transaction, CloseableIterable<Row> actions, long lastSequence)
      throws IOException {
    TransactionCommitResult result = transaction.commit(lake.engine(), actions);
    lake.requireFollowed(path, result.getVersion());
    TableState committed =
        result
            .getPostCommitSnapshot()
            .map(snapshot -> new TableState(snapshot, lastSequence))
            .orElse(null);
    if (committed != null) {
      sight.check(committed);
    }
    state = committed;
    runHooks(CommitHooks.of(result));
  }

  /// Nothing is certain any more: the next look at the table goes to storage.
  void forget() {
    state = null;
  }

  Transaction begin(TableState state, @Nullable Table table, long lastSequence) {
    deleteOrphansOnce(state);
    return lake.transactions().append(path, state.snapshot(), table, appId, lastSequence);
  }

  LakeAccess lake() {
    return lake;
  }

  private TableState load() {
    try {
      Snapshot snapshot = lake.engine().newest(path);
      long transaction = snapshot.getLatestTransactionVersion(lake.engine(), appId).orElse(0L);
      lake.keep(path);
      return new TableState(snapshot, transaction);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TableNotFoundException e) {
      return new TableState(null, 0);
    }
  }

  /// Not at the first look: to a lake that lacks what the journal has released nothing is appended,
  /// and what the missing commits hold would seem to be orphans. Only once: what this run leaves
  /// behind it deletes itself.
  private void deleteOrphansOnce(TableState state) {
    if (!orphansDeleted && state.snapshot() != null) {
      orphansDeleted = true;
      lake.afterCommit().run("deleting orphans of " + path, () -> new Orphans(lake, path).delete());
    }
  }

  private void runHooks(CommitHooks hooks) {
    hooks.run(lake, path);
    if (hooks.checkpoint()) {
      // A snapshot that grew by commits never learns of the checkpoint and drags along every commit
      // since it was loaded.
      lake.afterCommit().run("forgetting " + path, this::forget);
    }
  }
}
