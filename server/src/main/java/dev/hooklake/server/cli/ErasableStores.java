package dev.hooklake.server.cli;

import dev.hooklake.server.access.AuditedDeeds;
import dev.hooklake.server.alerts.drift.DriftExamples;
import dev.hooklake.server.analytics.KeptFiles;
import dev.hooklake.server.enrichment.StoredLeads;
import dev.hooklake.server.enrichment.vault.VaultKey;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.forwarding.QueuedForwards;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.reconciliation.ExportFolder;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.tracking.TrackedMessages;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stores beside journal and lake that may hold something of a person.
public final class ErasableStores implements AutoCloseable {
  private final @Nullable OperationsDatabase database;
  private final List<VaultKey> keys;

  private final KeptFiles kept;
  private final ExportFolder exports;

  private ErasableStores(
      @Nullable OperationsDatabase database,
      List<VaultKey> keys,
      KeptFiles kept,
      ExportFolder exports) {
    this.database = database;
    this.keys = keys;
    this.kept = kept;
    this.exports = exports;
  }

  /// Of a stopped server, open. A database file that was never made holds nobody, and is not made.
  static ErasableStores of(Installation hooklake) {
    DatabaseSettings settings = hooklake.tracked().database();
    boolean there =
        !(settings instanceof DatabaseSettings.Sqlite sqlite) || Files.exists(sqlite.file());
    return new ErasableStores(
        there ? OperationsDatabase.open(settings) : null,
        hooklake.tracked().vaultKeys(),
        KeptFiles.in(hooklake.data()),
        ExportFolder.in(hooklake.data()));
  }

  /// All that keep something in this database, whether or not their features are on now.
  ///
  /// @param keys under which people are kept
  /// @param kept what is kept of the lake's deliveries
  /// @param exports files of deliveries
  public static List<Erasable> in(
      OperationsDatabase database, List<VaultKey> keys, Erasable kept, ExportFolder exports) {
    return List.of(
        new TrackedMessages(database),
        new StoredLeads(database, keys),
        new QueuedForwards(database),
        new SinkRejects(database),
        new DriftExamples(database),
        new AuditedDeeds(database),
        kept,
        exports);
  }

  List<Erasable> all() {
    return database == null ? List.of(kept, exports) : in(database, keys, kept, exports);
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
