package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.Metadata;
import org.jspecify.annotations.Nullable;

/// What we know of a table between commits.
///
/// @param snapshot null as long as the table does not exist
/// @param transaction the last sequence that is in the table, 0 when none
record TableState(@Nullable Snapshot snapshot, long transaction) {
  static final long NO_VERSION = -1;

  long version() {
    return snapshot == null ? NO_VERSION : snapshot.getVersion();
  }

  /// Whether files that were written on top of `other` can be committed on top of this.
  boolean takesFilesOf(TableState other) {
    return transaction == other.transaction && hasSchemaOf(other);
  }

  private boolean hasSchemaOf(TableState other) {
    if (snapshot == null || other.snapshot == null) {
      return snapshot == null && other.snapshot == null;
    }
    Metadata ours = snapshot.getMetadata();
    Metadata theirs = other.snapshot.getMetadata();
    return ours.getId().equals(theirs.getId())
        && ours.getSchemaString().equals(theirs.getSchemaString())
        && ours.getConfiguration().equals(theirs.getConfiguration());
  }
}
