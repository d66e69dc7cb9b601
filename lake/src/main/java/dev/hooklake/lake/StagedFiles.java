package dev.hooklake.lake;

import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultParquetHandler;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Parquet files that are on disk and not yet part of their table: one for each partition that the
/// rows touch, rows in the order they came.
final class StagedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StagedFiles.class);

  private final TableState basis;
  private final NamedOutput storage;
  private final List<io.delta.kernel.data.Row> actions = new ArrayList<>();

  private StagedFiles(TableState basis, NamedOutput storage) {
    this.basis = basis;
    this.storage = storage;
  }

  /// Writes and syncs the files; what was written before a failure is deleted.
  static StagedFiles write(
      LakeAccess lake, TableState basis, Transaction transaction, List<Row> rows)
      throws IOException {
    var staged = new StagedFiles(basis, new NamedOutput(lake.engine().storage(), lake.writer()));
    boolean whole = false;
    try {
      staged.writeAll(lake.engine(), transaction, rows);
      whole = true;
      return staged;
    } finally {
      if (!whole) {
        staged.discard();
      }
    }
  }

  boolean fit(TableState state) {
    return state.takesFilesOf(basis);
  }

  /// The actions that make the files part of the table; can be read again for another attempt.
  CloseableIterable<io.delta.kernel.data.Row> actions() {
    return CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator()));
  }

  /// Deletes the files; only for the owner who knows that no version of the table refers to them.
  void discard() {
    for (String file : storage.written()) {
      try {
        storage.delete(file);
      } catch (IOException e) {
        LOG.warn("{} is not needed and could not be deleted: {}", file, StorageFailure.describe(e));
      }
    }
  }

  private void writeAll(Engine engine, Transaction transaction, List<Row> rows) throws IOException {
    io.delta.kernel.data.Row context = transaction.getTransactionState(engine);
    for (Map.Entry<Object, List<Row>> partition : byPartition(rows).entrySet()) {
      Table table = partition.getValue().getFirst().table();
      Map<String, Literal> values =
          Map.of(table.partitionColumn(), literal(table, partition.getKey()));
      var batch = new RowBatch(transaction.getSchema(engine), partition.getValue());
      writePartition(engine, context, batch, values);
    }
  }

  private static Map<Object, List<Row>> byPartition(List<Row> rows) {
    var partitions = new LinkedHashMap<Object, List<Row>>();
    for (Row row : rows) {
      Object value = row.value(row.table().partitionColumn());
      if (value == null) {
        throw new TableRefused(row.table().name() + ": a row has no value for its partition");
      }
      partitions.computeIfAbsent(value, _ -> new ArrayList<>()).add(row);
    }
    return partitions;
  }

  private static Literal literal(Table table, Object value) {
    ColumnType type = table.columns().get(table.position(table.partitionColumn())).type();
    return switch (value) {
      case LocalDate date when type == ColumnType.DATE ->
          Literal.ofDate(Math.toIntExact(date.toEpochDay()));
      case String text -> Literal.ofString(text);
      default -> throw new TableRefused(table.name() + " cannot be partitioned by a " + type);
    };
  }

  private void writePartition(
      Engine engine,
      io.delta.kernel.data.Row context,
      RowBatch batch,
      Map<String, Literal> partition)
      throws IOException {
    DataWriteContext target = Transaction.getWriteContext(engine, context, partition);
    var logical = new FilteredColumnarBatch(batch, Optional.empty());
    CloseableIterator<FilteredColumnarBatch> physical =
        Transaction.transformLogicalData(
            engine, context, Utils.singletonCloseableIterator(logical), partition);
    try (CloseableIterator<DataFileStatus> files =
            new DefaultParquetHandler(storage)
                .writeParquetFiles(
                    target.getTargetDirectory(),
                    physical,
                    Statistics.columns(batch.getSchema(), partition.keySet()));
        CloseableIterator<io.delta.kernel.data.Row> added =
            Transaction.generateAppendActions(engine, context, files, target)) {
      added.forEachRemaining(actions::add);
    }
  }
}
