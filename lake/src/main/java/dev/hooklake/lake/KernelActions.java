package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.InternalUtils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads and makes the lines of a table's log, for which Kernel has no public way.
final class KernelActions {
  private KernelActions() {}

  /// The data files of a snapshot, with their statistics.
  static List<AddFile> files(Snapshot snapshot, Engine engine) throws IOException {
    var files = new ArrayList<AddFile>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        for (Row file : rows(batches.next())) {
          files.add(new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
        }
      }
    }
    return files;
  }

  /// Where a file is, as Kernel writes paths.
  static String path(Snapshot snapshot, AddFile file) {
    return path(snapshot.getPath(), file.getPath());
  }

  /// The same for a path that stands in the log of a table.
  static String path(String table, String file) {
    return new Path(new Path(table), new Path(URI.create(file))).toString();
  }

  /// The directory a file is in, as Kernel writes paths.
  static String directory(Snapshot snapshot, AddFile file) {
    String path = path(snapshot, file);
    return path.substring(0, path.lastIndexOf('/'));
  }

  /// The value of the table's one partition column as the log writes it.
  static String partition(AddFile file) {
    Map<String, String> values = VectorUtils.toJavaMap(file.getPartitionValues());
    return values.values().stream().map(String::valueOf).collect(Collectors.joining("/"));
  }

  /// The columns that are in the files: all but the partition.
  static StructType fileSchema(Snapshot snapshot) {
    var schema = new StructType();
    for (StructField field : snapshot.getSchema().fields()) {
      if (!snapshot.getPartitionColumnNames().contains(field.getName())) {
        schema = schema.add(field);
      }
    }
    return schema;
  }

  static long rows(DataFileStatus file) {
    return file.getStatistics().map(DataFileStatistics::getNumRecords).orElseThrow();
  }

  static Row remove(AddFile file, boolean dataChange, Instant now) {
    return SingleAction.createRemoveFileSingleAction(
        withoutStatistics(file).toRemoveFileRow(dataChange, Optional.of(now.toEpochMilli())));
  }

  /// Nobody skips a file that is gone, and what an erasure took away must not be told in the log.
  private static AddFile withoutStatistics(AddFile file) {
    return new AddFile(
        AddFile.createAddFileRow(
            new StructType(),
            file.getPath(),
            file.getPartitionValues(),
            file.getSize(),
            file.getModificationTime(),
            file.getDataChange(),
            file.getDeletionVector(),
            file.getTags(),
            file.getBaseRowId(),
            file.getDefaultRowCommitVersion(),
            Optional.empty()));
  }

  /// A new file in the same partition as `neighbour`.
  static Row add(Snapshot snapshot, AddFile neighbour, DataFileStatus file, boolean dataChange) {
    Path relative =
        InternalUtils.relativizePath(
            new Path(file.getPath()), new Path(snapshot.getPath()).toUri());
    return SingleAction.createAddFileSingleAction(
        AddFile.createAddFileRow(
            snapshot.getMetadata().getPhysicalSchema(),
            relative.toUri().toString(),
            neighbour.getPartitionValues(),
            file.getSize(),
            file.getModificationTime(),
            dataChange,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            file.getStatistics()));
  }

  private static List<Row> rows(FilteredColumnarBatch batch) {
    return batch.getRows().toInMemoryList();
  }
}
