package dev.hooklake.server.cli;

import dev.hooklake.server.enrichment.StoredLeads;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.forwarding.QueuedForwards;
import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.sinks.SinkRejects;
import dev.hooklake.server.tracking.TrackedMessages;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stores beside journal and lake that may hold something of a person.
public final class ErasableStores implements AutoCloseable {
  private final @Nullable OperationsDatabase database;

  private ErasableStores(@Nullable OperationsDatabase database) {
    this.database = database;
  }

  /// Of a stopped server, open. A database file that was never made holds nobody, and is not made.
  static ErasableStores of(Installation hooklake) {
    DatabaseSettings settings = hooklake.tracked().database();
    boolean there =
        !(settings instanceof DatabaseSettings.Sqlite sqlite) || Files.exists(sqlite.file());
    return new ErasableStores(there ? OperationsDatabase.open(settings) : null);
  }

  /// All that keep something in this database, whether or not their features are on now.
  public static List<Erasable> in(OperationsDatabase database) {
    return List.of(
        new TrackedMessages(database),
        new StoredLeads(database),
        new QueuedForwards(database),
        new SinkRejects(database));
  }

  List<Erasable> all() {
    return database == null ? List.of() : in(database);
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
  }
}
