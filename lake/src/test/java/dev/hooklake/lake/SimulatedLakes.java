package dev.hooklake.lake;

import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;

/// Lakes on a simulated store, with no threads of their own: for simulations, where one seed must
/// give one history.
public final class SimulatedLakes {

  private SimulatedLakes() {}

  /// Opens a lake that runs in the caller's thread.
  ///
  /// @param root `s3a:` for a store that may carry out a write after its sender gave up, `file:`
  ///   for one that does not
  /// @param run no two of one journal may be the same
  public static Lake open(
      SimulatedStore store, URI root, UUID journal, UUID run, InstantSource clock) {
    var threads = new LakeThreads(new CallerExecutor(), new CallerExecutor());
    var means = new Lake.Means(new WriterName(journal, run), store, threads);
    return Lake.open(new LakeSettings(root, Map.of()), journal, clock, means);
  }

  /// Makes threads that may write Parquet.
  public static ThreadFactory threads() {
    return NoHadoopDefaults.threads(Thread.ofPlatform().factory());
  }

  /// Some columns of a data file, which may be text or long. Faults do not touch the look.
  public static List<List<Object>> read(
      SimulatedStore store, String path, Table table, List<String> columns) throws IOException {
    StoreFaults faults = store.faults(StoreFaults.NONE);
    try {
      return read(store, FileStatus.of(path, store.bytes(path).length, 0), schema(table, columns));
    } finally {
      store.faults(faults);
    }
  }

  private static StructType schema(Table table, List<String> columns) {
    var schema = new StructType();
    for (String name : columns) {
      Column column = table.columns().get(table.position(name));
      schema = schema.add(new StructField(name, type(column.type()), true));
    }
    return schema;
  }

  private static List<List<Object>> read(SimulatedStore store, FileStatus file, StructType schema)
      throws IOException {
    var rows = new ArrayList<List<Object>>();
    try (CloseableIterator<FileReadResult> batches =
        new LakeEngine(store)
            .getParquetHandler()
            .readParquetFiles(Utils.singletonCloseableIterator(file), schema, Optional.empty())) {
      while (batches.hasNext()) {
        var batch = new FilteredColumnarBatch(batches.next().getData(), Optional.empty());
        addAll(batch, schema, rows);
      }
    }
    return rows;
  }

  private static void addAll(
      FilteredColumnarBatch batch, StructType schema, List<List<Object>> rows) throws IOException {
    try (CloseableIterator<Row> all = batch.getRows()) {
      all.forEachRemaining(row -> rows.add(values(row, schema)));
    }
  }

  private static List<Object> values(Row row, StructType schema) {
    var values = new ArrayList<>();
    for (int i = 0; i < schema.length(); i++) {
      boolean number = schema.at(i).getDataType() instanceof LongType;
      values.add(row.isNullAt(i) ? null : number ? (Object) row.getLong(i) : row.getString(i));
    }
    return values;
  }

  private static DataType type(ColumnType type) {
    return switch (type) {
      case STRING -> StringType.STRING;
      case LONG -> LongType.LONG;
      default -> throw new IllegalArgumentException("no " + type + " is read here");
    };
  }
}
