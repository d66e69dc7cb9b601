package dev.hooklake.server.app;

import dev.hooklake.server.operations.DatabaseSettings;
import dev.hooklake.server.operations.OperationsDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The operations database while it is being opened: on a thread of its own beside the lake, since
/// it takes half of a start.
final class OpeningOperations implements AutoCloseable {
  private final CompletableFuture<OperationsDatabase> database;

  private OpeningOperations(CompletableFuture<OperationsDatabase> database) {
    this.database = database;
  }

  static OpeningOperations start(DatabaseSettings settings) {
    return new OpeningOperations(
        CompletableFuture.supplyAsync(
            () -> OperationsDatabase.open(settings),
            opening -> Thread.ofPlatform().name("operations-opening").daemon().start(opening)));
  }

  /// Waits until it is open; fails as opening it failed.
  OperationsDatabase database() {
    try {
      return database.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failed ? failed : e;
    }
  }

  /// Closes the database if it opened.
  @Override
  public void close() {
    @Nullable OperationsDatabase opened = database.exceptionally(_ -> null).join();
    if (opened != null) {
      opened.close();
    }
  }
}
