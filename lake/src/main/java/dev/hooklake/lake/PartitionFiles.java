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
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes rows of one table as Parquet files: one for each partition they touch, rows in the order
/// they came.
final class PartitionFiles {
  private final Engine engine;
  private final NamedOutput output;
  private final Transaction transaction;
  private final io.delta.kernel.data.Row context;
  private final List<io.delta.kernel.data.Row> actions = new ArrayList<>();

  private PartitionFiles(Engine engine, NamedOutput output, Transaction transaction) {
    this.engine = engine;
    this.output = output;
    this.transaction = transaction;
    context = transaction.getTransactionState(engine);
  }

  /// Returns the actions that make the files part of the table.
  static List<io.delta.kernel.data.Row> write(
      Engine engine, NamedOutput output, Transaction transaction, List<Row> rows)
      throws IOException {
    var files = new PartitionFiles(engine, output, transaction);
    for (Map.Entry<Object, List<Row>> partition : byPartition(rows).entrySet()) {
      files.write(partition.getKey(), partition.getValue());
    }
    return files.actions;
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

  private void write(Object value, List<Row> rows) throws IOException {
    Table table = rows.getFirst().table();
    Map<String, Literal> partition = Map.of(table.partitionColumn(), literal(table, value));
    DataWriteContext target = Transaction.getWriteContext(engine, context, partition);
    var batch = new RowBatch(transaction.getSchema(engine), rows);
    CloseableIterator<FilteredColumnarBatch> physical =
        Transaction.transformLogicalData(
            engine,
            context,
            Utils.singletonCloseableIterator(new FilteredColumnarBatch(batch, Optional.empty())),
            partition);
    try (CloseableIterator<DataFileStatus> files =
            new DefaultParquetHandler(output)
                .writeParquetFiles(
                    directory(target),
                    physical,
                    Statistics.columns(batch.getSchema(), partition.keySet()));
        CloseableIterator<io.delta.kernel.data.Row> added =
            Transaction.generateAppendActions(engine, context, files, target)) {
      added.forEachRemaining(actions::add);
    }
  }

  /// Kernel names the directory as a URI here, and takes paths that are not encoded elsewhere.
  private static String directory(DataWriteContext target) {
    return new Path(URI.create(target.getTargetDirectory())).toString();
  }

  private static Literal literal(Table table, Object value) {
    ColumnType type = table.columns().get(table.position(table.partitionColumn())).type();
    return switch (value) {
      case LocalDate date -> Literal.ofDate(Math.toIntExact(date.toEpochDay()));
      case String text -> Literal.ofString(text);
      default -> throw new TableRefused(table.name() + " cannot be partitioned by a " + type);
    };
  }
}
