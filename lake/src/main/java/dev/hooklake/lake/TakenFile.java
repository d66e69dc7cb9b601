package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.defaults.internal.parquet.ParquetStatsReader;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Brings a Parquet file that another engine wrote on this machine into the lake's storage, with
/// the statistics that a file of ours would have.
///
/// The bytes pass the lake's storage like all others, so they are synced before a commit names
/// them, and a test can fail them.
final class TakenFile {
  private TakenFile() {}

  static DataFileStatus write(NamedOutput output, String directory, Path parquet, Snapshot snapshot)
      throws IOException {
    long bytes = Files.size(parquet);
    OutputFile target = output.newOutputFile(directory + "/taken.parquet");
    try (PositionOutputStream stream = target.create(false)) {
      Files.copy(parquet, stream);
    }
    return new DataFileStatus(
        target.path(),
        bytes,
        Files.getLastModifiedTime(parquet).toMillis(),
        Optional.of(
            ParquetStatsReader.readDataFileStatistics(
                new LocalInput(parquet, bytes),
                snapshot.getSchema(),
                Statistics.columns(snapshot))));
  }
}
