package dev.hooklake.lake;

import dev.hooklake.lake.MaintenanceStep.Expired;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Takes days that are older than a table keeps its rows out of it, whole days at a time, without
/// reading a file. Today's and yesterday's are never among them.
final class Expiry {
  private final LakeAccess lake;
  private final Table table;
  private final int days;
  private final Set<String> gone = new HashSet<>();
  private int files;
  private long rows;

  Expiry(LakeAccess lake, Table table, int days) {
    this.lake = lake;
    this.table = table;
    this.days = days;
  }

  /// Empty when no day is old enough.
  Optional<Expired> step() throws IOException {
    new TableRewrite(lake, table).reduce(this::stage);
    return files == 0
        ? Optional.empty()
        : Optional.of(new Expired(table.name(), gone.size(), files, rows));
  }

  private void stage(FileRewrite rewrite) throws IOException {
    gone.clear();
    files = 0;
    rows = 0;
    LocalDate first = LocalDate.ofInstant(lake.clock().instant(), ZoneOffset.UTC).minusDays(days);
    for (AddFile file : rewrite.files()) {
      String partition = KernelActions.partition(file);
      if (Compaction.day(partition).filter(first::isAfter).isPresent()) {
        rewrite.remove(file);
        gone.add(partition);
        files++;
        rows += file.getNumRecords().orElse(0L);
      }
    }
  }
}
