package dev.hooklake.lake;

import dev.hooklake.lake.Replacement.Replaced;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Carries a replacement out on one table, in one commit, beside everybody else who writes to it.
///
/// Rows that are appended meanwhile stay. When the answer to the commit is lost and it cannot be
/// told from the table whether it happened, the replacement is made again: twice is as good as
/// once.
final class Replace {
  private static final int ATTEMPTS = 5;

  private final LakeAccess lake;
  private final Table table;
  private final String path;
  private final Replacement replacement;

  Replace(LakeAccess lake, Table table, Replacement replacement) {
    this.lake = lake;
    this.table = table;
    this.path = lake.path(table.path());
    this.replacement = replacement;
  }

  Replaced run() throws IOException {
    TableOutcome outcome = new TableOutcome.Unknown("not tried");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var staged = new Staged(load());
      outcome = staged.commit();
      if (outcome instanceof TableOutcome.Committed) {
        return new Replaced(staged.removed, replacement.rows().size());
      }
      if (outcome instanceof TableOutcome.Rejected) {
        break;
      }
    }
    throw new IOException("replacing rows of " + table.name() + " failed: " + reason(outcome));
  }

  private @Nullable Snapshot load() throws IOException {
    try {
      return TableManager.loadSnapshot(path).build(lake.engine());
    } catch (TableNotFoundException e) {
      return null;
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading " + path, e);
    }
  }

  private static String reason(TableOutcome outcome) {
    return switch (outcome) {
      case TableOutcome.Committed _ -> "";
      case TableOutcome.Conflict(String reason) -> reason;
      case TableOutcome.Unknown(String reason) -> reason;
      case TableOutcome.Rejected(String reason) -> reason;
    };
  }

  /// One attempt, on top of one version of the table.
  private final class Staged {
    private final @Nullable Snapshot snapshot;
    private long removed;

    Staged(@Nullable Snapshot snapshot) {
      this.snapshot = snapshot;
    }

    TableOutcome commit() throws IOException {
      if (snapshot == null && replacement.rows().isEmpty()) {
        return new TableOutcome.Committed();
      }
      var rewrite = new FileRewrite(lake, lake.transactions().rewrite(path, snapshot, table), true);
      try {
        stage(rewrite);
        if (!rewrite.isEmpty()) {
          rewrite.commit();
        }
        return new TableOutcome.Committed();
      } catch (IOException | RuntimeException e) {
        return settle(rewrite, TableOutcome.of(e));
      }
    }

    private void stage(FileRewrite rewrite) throws IOException {
      if (snapshot != null) {
        var removal = new RowRemoval(lake, snapshot, table, replacement);
        for (AddFile file : KernelActions.files(snapshot, lake.engine())) {
          removed += removal.from(file, rewrite);
        }
      }
      rewrite.add(replacement.rows());
    }

    private TableOutcome settle(FileRewrite rewrite, TableOutcome outcome) throws IOException {
      boolean uncertain = outcome instanceof TableOutcome.Unknown;
      Snapshot later = uncertain ? load() : null;
      if (later != null && rewrite.isIn(later)) {
        return new TableOutcome.Committed();
      }
      if (!uncertain || lake.settles()) {
        rewrite.discard();
      }
      return outcome;
    }
  }
}
