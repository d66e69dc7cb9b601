package dev.hooklake.lake;

import dev.hooklake.lake.Replacement.Replaced;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;

/// Carries a replacement out on one table.
final class Replace {
  private final LakeAccess lake;
  private final Table table;
  private final Replacement replacement;
  private long removed;

  Replace(LakeAccess lake, Table table, Replacement replacement) {
    this.lake = lake;
    this.table = table;
    this.replacement = replacement;
  }

  Replaced run() throws IOException {
    new TableRewrite(lake, table).bring(this::stage);
    return new Replaced(removed, replacement.rows().size());
  }

  private void stage(FileRewrite rewrite) throws IOException {
    removed = 0;
    for (AddFile file : rewrite.files()) {
      var removal = new RowRemoval(lake, rewrite.snapshot(), table, replacement);
      removed += removal.from(file, rewrite);
    }
    if (!replacement.rows().isEmpty()) {
      rewrite.add(replacement.rows());
    }
  }
}
