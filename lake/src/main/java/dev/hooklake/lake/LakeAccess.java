package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// What everything in this package that touches the lake needs.
///
/// @param rootPath as Kernel writes paths
/// @param settles whether a write that failed is over: a remote store may still carry it out later
record LakeAccess(
    LakeEngine engine,
    WriterName writer,
    InstantSource clock,
    AfterCommit afterCommit,
    String rootPath,
    boolean settles) {

  String path(String table) {
    return rootPath + "/" + table;
  }

  /// The table's newest version; empty when it does not exist yet.
  Optional<Snapshot> newest(Table table) throws IOException {
    String path = path(table.path());
    try {
      return Optional.of(engine.newest(path));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading " + path, e);
    }
  }

  /// Fails when the version before one that was just committed is not in the log.
  ///
  /// An erasure deletes the log up to its checkpoint. Whoever began on an older version then finds
  /// the next number free, and commits where no reader looks; the table must be asked again.
  void requireFollowed(String path, long version) throws IOException {
    if (version > 0 && !holdsVersion(path, version - 1)) {
      throw new IOException("the log was cut off behind version " + version + " of " + path);
    }
  }

  /// Whether a commit is in a table's log; true of none.
  boolean holdsVersion(String path, long version) throws IOException {
    if (version == TableState.NO_VERSION) {
      return true;
    }
    try {
      engine.storage().getFileStatus("%s/_delta_log/%020d.json".formatted(path, version));
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /// Makes a table that was found survive a power cut. Its newest commit may be one whose writer
  /// was killed between giving it a name and syncing that, and the journal is about to rely on it.
  /// What files hold is synced before they get a name.
  void keep(String path) throws IOException {
    if (engine.storage() instanceof ForgetfulStorage storage) {
      storage.syncNames(path + "/_delta_log");
    }
  }

  KernelTransactions transactions() {
    return new KernelTransactions(clock);
  }
}
