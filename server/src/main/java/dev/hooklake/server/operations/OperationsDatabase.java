package dev.hooklake.server.operations;

import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The operations database, opened, migrated and pooled.
///
/// `write` runs in one transaction, rolled back when the work throws. On SQLite one connection
/// writes, so writers queue for it; on PostgreSQL they run side by side. `read` never waits for a
/// writer.
public final class OperationsDatabase implements AutoCloseable {
  private final Engine.Pools pools;
  private final Jdbi readers;
  private final Jdbi writers;

  private OperationsDatabase(Engine.Pools pools) {
    this.pools = pools;
    this.readers = jdbi(pools.readers());
    this.writers = jdbi(pools.writers());
  }

  /// Connects, brings the tables to this build's version and opens the pools; fails with
  /// `DatabaseUnusable`.
  public static OperationsDatabase open(DatabaseSettings settings) {
    Engine engine =
        switch (settings) {
          case DatabaseSettings.Sqlite(var file) -> new SqliteEngine(file);
          case DatabaseSettings.Postgres postgres -> new PostgresEngine(postgres);
        };
    engine.connectOnce();
    Migrations.run(engine);
    return new OperationsDatabase(engine.pools());
  }

  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    return readers.withHandle(work);
  }

  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    return writers.inTransaction(work);
  }

  public <X extends Exception> void change(HandleConsumer<X> work) throws X {
    writers.useTransaction(work);
  }

  @Override
  public void close() {
    for (HikariDataSource pool : pools.all()) {
      pool.close();
    }
  }

  private static Jdbi jdbi(HikariDataSource pool) {
    Jdbi jdbi = Jdbi.create(pool);
    // Else the message of a failed statement lists its arguments, and those are about persons.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }
}
