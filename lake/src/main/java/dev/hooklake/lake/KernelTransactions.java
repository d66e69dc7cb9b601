package dev.hooklake.lake;

import dev.hooklake.sources.event.Table;
import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Transaction;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.TransactionImpl;
import io.delta.kernel.internal.actions.Format;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.fs.Path;
import io.delta.kernel.internal.tablefeatures.TableFeatures;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Begins Kernel transactions, past Kernel's builders.
///
/// The builders replay the whole log for each transaction id, take the wall clock, cannot put a
/// transaction id on the commit that creates a table, and refuse a new column unless column mapping
/// is on (which Kernel then cannot write).
final class KernelTransactions {
  private static final String ENGINE = "hooklake";
  private static final int NO_RETRIES = 0;
  private static final int REWRITE_RETRIES = 50;
  private static final int NO_LOG_COMPACTION = 0;

  /// The oldest protocol: every Delta reader and writer there is can use our tables.
  private static final Protocol PROTOCOL = new Protocol(1, 2);

  /// A checkpoint holds every file of the table, so one every ten commits (the default) would cost
  /// more than the commits; a reader has at most this many small files to read on top of one.
  private static final Map<String, String> PROPERTIES =
      KeptVersions.with(Map.of("delta.checkpointInterval", "25"));

  /// Said outright, or Kernel replays the log after each commit to find out.
  private static final Optional<List<Column>> NOT_CLUSTERED = Optional.of(List.of());

  private final InstantSource clock;

  KernelTransactions(InstantSource clock) {
    this.clock = clock;
  }

  /// Rows of `table` on top of `snapshot`, under a transaction id. Without a table the commit holds
  /// nothing but that id.
  Transaction append(
      String path, @Nullable Snapshot snapshot, @Nullable Table table, String appId, long version) {
    var id = new SetTransaction(appId, version, Optional.of(clock.millis()));
    return begin(path, snapshot, table, Optional.of(id), NO_RETRIES);
  }

  /// Files in place of others. Kernel lets others' appends pass: making all the files anew for each
  /// of them might never end.
  Transaction rewrite(String path, @Nullable Snapshot snapshot, @Nullable Table table) {
    return begin(path, snapshot, table, Optional.empty(), REWRITE_RETRIES);
  }

  /// The same table with other properties.
  Transaction configure(String path, Snapshot snapshot, Map<String, String> properties) {
    TableFeatures.validateKernelCanWriteToTable(
        snapshot.getProtocol(), snapshot.getMetadata(), snapshot.getPath());
    Metadata metadata = snapshot.getMetadata().withMergedConfiguration(properties);
    var basis = Optional.of((SnapshotImpl) snapshot);
    return transaction(
        new Path(path), basis, Optional.of(metadata), Optional.empty(), REWRITE_RETRIES);
  }

  /// Creates the table, or adds the columns it lacks, where that is needed.
  private Transaction begin(
      String path,
      @Nullable Snapshot snapshot,
      @Nullable Table table,
      Optional<SetTransaction> id,
      int retries) {
    if (snapshot == null) {
      if (table == null) {
        throw new IllegalArgumentException(path + " cannot be created without a row");
      }
      Metadata metadata = metadata(table);
      return transaction(new Path(path), Optional.empty(), Optional.of(metadata), id, retries);
    }
    TableFeatures.validateKernelCanWriteToTable(
        snapshot.getProtocol(), snapshot.getMetadata(), snapshot.getPath());
    Optional<Metadata> metadata =
        table == null ? Optional.empty() : evolved(snapshot.getMetadata(), table);
    var basis = Optional.of((SnapshotImpl) snapshot);
    return transaction(snapshot.getDataPath(), basis, metadata, id, retries);
  }

  private Metadata metadata(Table table) {
    StructType schema = DeltaSchema.of(table);
    return new Metadata(
        UUID.randomUUID().toString(),
        Optional.of(table.name()),
        Optional.empty(),
        new Format(),
        schema.toJson(),
        schema,
        VectorUtils.buildArrayValue(List.of(table.partitionColumn()), StringType.STRING),
        Optional.of(clock.millis()),
        VectorUtils.stringStringMapValue(PROPERTIES));
  }

  private static Optional<Metadata> evolved(Metadata metadata, Table table) {
    List<String> partition = VectorUtils.toJavaList(metadata.getPartitionColumns());
    if (!partition.equals(List.of(table.partitionColumn()))) {
      throw new TableRefused(
          "%s is partitioned by %s in the lake and by %s here"
              .formatted(table.name(), partition, table.partitionColumn()));
    }
    StructType merged = DeltaSchema.merge(metadata.getSchema(), table);
    return merged.length() == metadata.getSchema().length()
        ? Optional.empty()
        : Optional.of(metadata.withNewSchema(merged));
  }

  private Transaction transaction(
      Path path,
      Optional<SnapshotImpl> snapshot,
      Optional<Metadata> metadata,
      Optional<SetTransaction> id,
      int retries) {
    return new TransactionImpl(
        snapshot.isEmpty(),
        path,
        snapshot,
        ENGINE,
        snapshot.isEmpty() ? Operation.CREATE_TABLE : Operation.WRITE,
        snapshot.isEmpty() ? Optional.of(PROTOCOL) : Optional.empty(),
        metadata,
        DefaultFileSystemManagedTableOnlyCommitter.INSTANCE,
        id,
        NOT_CLUSTERED,
        Optional.of(retries),
        NO_LOG_COMPACTION,
        clock::millis);
  }
}
