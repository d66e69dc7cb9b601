package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts files in place of others in one table, in one commit, beside everybody else who writes to
/// it.
///
/// Rows that are appended meanwhile stay. When another writer took one of the files away, or when
/// the answer to the commit is lost and the table does not tell whether it happened, the change is
/// made again on the newest version: twice must be as good as once.
final class TableRewrite {
  private static final Logger LOG = LoggerFactory.getLogger(TableRewrite.class);
  private static final int ATTEMPTS = 5;

  private final LakeAccess lake;
  private final Table table;
  private final String path;

  TableRewrite(LakeAccess lake, Table table) {
    this.lake = lake;
    this.table = table;
    path = lake.path(table.path());
  }

  /// Makes a change that brings rows of ours: the table gets the columns it lacks, and is created
  /// when there is none.
  ///
  /// @throws IOException when storage failed or the table refuses the change; then nothing changed,
  ///   or all of it is in the table
  void bring(Change change) throws IOException {
    run(table, true, change);
  }

  /// Makes a change that takes rows away; none where there is no table.
  void reduce(Change change) throws IOException {
    run(null, true, change);
  }

  /// Moves the same rows to other files.
  void rearrange(Change change) throws IOException {
    run(null, false, change);
  }

  private void run(@Nullable Table brought, boolean dataChange, Change change) throws IOException {
    TableOutcome outcome = new TableOutcome.Unknown("not tried");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var rewrite =
          new FileRewrite(
              lake,
              new FileRewrite.Basis(path, lake.newest(table).orElse(null), brought),
              dataChange);
      outcome = attempt(rewrite, change);
      if (outcome instanceof TableOutcome.Committed) {
        return;
      }
      if (outcome instanceof TableOutcome.Rejected) {
        break;
      }
    }
    throw new IOException("changing files of " + table.name() + " failed: " + outcome.reason());
  }

  private TableOutcome attempt(FileRewrite rewrite, Change change) throws IOException {
    try {
      change.stage(rewrite);
      if (!rewrite.isEmpty()) {
        TransactionCommitResult result = rewrite.commit();
        lake.requireFollowed(path, result.getVersion());
        CommitHooks.of(result).run(lake, path);
      }
      return new TableOutcome.Committed();
    } catch (IOException | RuntimeException e) {
      LOG.debug("a rewrite failed: {}", StorageFailure.trace(e));
      return settle(rewrite, TableOutcome.of(e));
    }
  }

  private TableOutcome settle(FileRewrite rewrite, TableOutcome outcome) throws IOException {
    boolean uncertain = outcome instanceof TableOutcome.Unknown;
    Optional<Snapshot> later = uncertain ? lake.newest(table) : Optional.empty();
    if (later.isPresent() && rewrite.isIn(later.get())) {
      return new TableOutcome.Committed();
    }
    if (!uncertain || lake.settles()) {
      rewrite.discard();
    }
    return outcome;
  }

  /// What to do on one version of the table; asked again on a newer one when that fails.
  interface Change {
    void stage(FileRewrite rewrite) throws IOException;
  }
}
