package dev.hooklake.lake;

import java.time.Instant;
import java.util.List;

/// One version of a table as a list of files that any Parquet reader can open.
///
/// @param table the table's name
/// @param version Delta version
/// @param committedAt when that version was committed
/// @param files data files in this version
public record TableSnapshot(String table, long version, Instant committedAt, List<DataFile> files) {
  public TableSnapshot {
    files = List.copyOf(files);
  }

  /// A data file: absolute URI or path, size in bytes, rows (-1 when the log does not say), and the
  /// partition's value as text.
  public record DataFile(String path, long bytes, long rows, String partition) {}
}
