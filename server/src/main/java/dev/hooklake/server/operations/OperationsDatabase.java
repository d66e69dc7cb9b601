package dev.hooklake.server.operations;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The operations database, opened, migrated and pooled.
///
/// `write` runs in one transaction, rolled back when the work throws. On SQLite one connection
/// writes, so writers queue for it; on PostgreSQL they run side by side. `read` never waits for a
/// writer. All of them throw `DatabaseAway` when the database does not serve.
public final class OperationsDatabase implements AutoCloseable {
  private final Engine engine;
  private final Engine.Pools pools;
  private final Jdbi readers;
  private final Jdbi writers;

  private OperationsDatabase(Engine engine) {
    this.engine = engine;
    this.pools = engine.pools();
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
    return new OperationsDatabase(engine);
  }

  public <T, X extends Exception> T read(HandleCallback<T, X> work) throws X {
    try {
      return readers.withHandle(work);
    } catch (JdbiException e) {
      throw told(e);
    }
  }

  public <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
    try {
      return writers.inTransaction(work);
    } catch (JdbiException e) {
      throw told(e);
    }
  }

  public <X extends Exception> void change(HandleConsumer<X> work) throws X {
    write(work.asCallback());
  }

  /// Connections that may write, for a library that brings its own statements.
  public DataSource forJobs() {
    return pools.writers();
  }

  /// Removes what it holds of a person, in one transaction, and then from its files; returns how
  /// much the removal says it was. Says with `IOException` that the database does not serve, as all
  /// stores that are erased do.
  public long erase(ToLongFunction<Handle> removal) throws IOException {
    try {
      long removed = write(removal::applyAsLong);
      purge();
      return removed;
    } catch (DatabaseAway e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /// Makes what was deleted unreadable in the files, as far as this process can: to be called after
  /// persons were erased, outside of a transaction. On PostgreSQL the server's vacuum does it
  /// later.
  public void purge() {
    try {
      writers.useHandle(engine::purge);
    } catch (JdbiException e) {
      throw told(e);
    }
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

  /// The driver's own exception stays out of what says that the database is away: it may quote user
  /// names and values.
  private RuntimeException told(JdbiException failure) {
    if (pools.writers().isClosed()) {
      return new DatabaseAway("operations database " + engine.place() + " is closed");
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException reported && engine.away(reported)) {
        return new DatabaseAway(
            "operations database " + engine.place() + " is away: " + engine.meaning(reported));
      }
    }
    return failure;
  }
}
