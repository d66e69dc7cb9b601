package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.engine.MetricsReporter;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Kernel's engine over one storage, without its reports in the log.
final class LakeEngine extends DefaultEngine {
  private final FileIO storage;

  LakeEngine(FileIO storage) {
    super(storage);
    this.storage = storage;
  }

  FileIO storage() {
    return storage;
  }

  /// A table's newest version; fails with Kernel's `TableNotFoundException` when there is no table,
  /// and with `UncheckedIOException` when Kernel finds the files of its log at odds.
  Snapshot newest(String path) {
    try {
      return TableManager.loadSnapshot(path).build(this);
    } catch (IllegalArgumentException e) {
      // Such as a checksum without a commit. A log that grows while it is listed looks so for a
      // moment.
      return newestAtSecondLook(path);
    }
  }

  private Snapshot newestAtSecondLook(String path) {
    try {
      return TableManager.loadSnapshot(path).build(this);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException(
              "the log of %s cannot be read: its files do not follow each other, or hold what we do not know; is the lake's volume mounted?"
                  .formatted(path),
              e));
    }
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return new WholeCheckpoints(storage);
  }

  @Override
  public List<MetricsReporter> getMetricsReporters() {
    return List.of();
  }

  /// Reads all of a checkpoint's rows before it writes the first.
  ///
  /// Kernel closes, and so publishes, a checkpoint even when its rows failed to arrive: half a
  /// checkpoint would hide the files of the other half from every reader.
  private static final class WholeCheckpoints extends DefaultParquetHandler {
    WholeCheckpoints(FileIO storage) {
      super(storage);
    }

    @Override
    public void writeParquetFileAtomically(
        String path, CloseableIterator<FilteredColumnarBatch> rows) throws IOException {
      try (rows) {
        var all = new ArrayList<FilteredColumnarBatch>();
        while (rows.hasNext()) {
          all.add(Selection.keep(rows.next()));
        }
        super.writeParquetFileAtomically(path, Utils.toCloseableIterator(all.iterator()));
      }
    }
  }
}
