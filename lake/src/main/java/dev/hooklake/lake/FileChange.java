package dev.hooklake.lake;

import java.util.List;

/// What one version of a table did to its data files.
///
/// @param version Delta version
/// @param added files as [TableSnapshot.DataFile#path] names them
/// @param removed files named in the same way
/// @param sameRows whether the same rows only moved to other files, as a compaction does
public record FileChange(long version, List<String> added, List<String> removed, boolean sameRows) {
  public FileChange {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
