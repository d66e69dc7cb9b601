package dev.hooklake.server.admin;

import dev.hooklake.lake.TableSnapshot;
import dev.hooklake.lake.TableSnapshot.DataFile;

/// One table of the lake in numbers; `rows` is -1 where the log does not say.
public record TableSummary(
    String name, long version, String committedAt, long rows, int files, long bytes) {

  public static TableSummary of(TableSnapshot snapshot) {
    boolean counted = snapshot.files().stream().allMatch(file -> file.rows() >= 0);
    return new TableSummary(
        snapshot.table(),
        snapshot.version(),
        snapshot.committedAt().toString(),
        counted ? snapshot.files().stream().mapToLong(DataFile::rows).sum() : -1,
        snapshot.files().size(),
        snapshot.files().stream().mapToLong(DataFile::bytes).sum());
  }
}
