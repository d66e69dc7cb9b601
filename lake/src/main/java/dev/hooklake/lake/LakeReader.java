package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what tables consist of; writes nothing. Used by queries and by commands beside a server.
///
/// The last list of each table is kept, and is still right when the next version does not exist:
/// one look at storage for a table that did not change.
public final class LakeReader {
  private static final UUID NO_JOURNAL = new UUID(0, 0);

  private final LakeEngine engine;
  private final String rootPath;
  private final Map<String, TableSnapshot> latest = new ConcurrentHashMap<>();

  LakeReader(LakeEngine engine, String rootPath) {
    this.engine = engine;
    this.rootPath = rootPath;
  }

  /// Makes no root where there is none.
  public static LakeReader open(LakeSettings settings) {
    var nobody = new WriterName(NO_JOURNAL, UUID.randomUUID());
    FileIO storage = LakeStorage.open(settings, nobody);
    return new LakeReader(new LakeEngine(storage), settings.rootPath());
  }

  /// The table's newest version; empty when the table does not exist yet.
  public Optional<TableSnapshot> snapshot(Table table) throws IOException {
    String path = rootPath + "/" + table.path();
    try {
      TableSnapshot known = latest.get(table.path());
      if (known != null && isNewest(path, known.version())) {
        return Optional.of(known);
      }
      TableSnapshot loaded = load(table.name(), path);
      latest.put(table.path(), loaded);
      return Optional.of(loaded);
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading " + path, e);
    }
  }

  /// What each version after one did to the table's files, oldest first; empty when the log no
  /// longer tells.
  public Optional<List<FileChange>> changes(Table table, long after, long upTo) throws IOException {
    String path = rootPath + "/" + table.path();
    try {
      String resolved = engine.getFileSystemClient().resolvePath(path);
      return Optional.of(new TableLog(engine, resolved).changes(after + 1, upTo));
    } catch (KernelException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw StorageFailure.asIo("reading the log of " + path, e);
    }
  }

  private TableSnapshot load(String name, String path) throws IOException {
    Snapshot snapshot = engine.newest(path);
    return new TableSnapshot(
        name,
        snapshot.getVersion(),
        Instant.ofEpochMilli(snapshot.getTimestamp(engine)),
        TableFiles.of(snapshot, engine));
  }

  private boolean isNewest(String path, long version) throws IOException {
    try {
      engine
          .getFileSystemClient()
          .getFileStatus("%s/_delta_log/%020d.json".formatted(path, version + 1));
      return false;
    } catch (FileNotFoundException e) {
      return true;
    }
  }
}
