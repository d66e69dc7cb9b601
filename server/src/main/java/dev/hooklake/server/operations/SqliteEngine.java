package dev.hooklake.server.operations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite in one file, in write-ahead mode: readers see the last commit while one connection
/// writes.
///
/// Commits are synced (`synchronous=FULL`): once a checkpoint is committed the journal may delete
/// what lies before it, so a commit that a power failure took back would lose events.
final class SqliteEngine implements Engine {
  private static final int READERS = 4;

  /// SQLite has one writer at a time, whatever the pool; a second would only wait inside SQLite.
  private static final int WRITERS = 1;

  /// Status events meet messages in no order, so that the writer's pages are worth keeping.
  private static final int WRITER_CACHE_KIB = 32 << 10;

  /// A page that many commits change is carried into the file once for all of them: 64 MiB of log.
  /// With SQLite's own 1,000 pages a busy consumer did it at every commit.
  private static final int PAGES_BEFORE_CHECKPOINT = 16_000;

  /// For another process that holds the file, such as a backup.
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

  private static final int PRIMARY_BITS = 0xff;
  private static final Set<SQLiteErrorCode> AWAY =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_PERM,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB);

  private final Path file;

  SqliteEngine(Path file) {
    this.file = file;
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public String jdbcUrl() {
    return "jdbc:sqlite:" + file;
  }

  @Override
  public Properties properties() {
    return config().toProperties();
  }

  @Override
  public void connectOnce() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new DatabaseUnusable(
          "the directory of the operations database " + file + " cannot be made: " + e, null);
    }
    Engine.super.connectOnce();
  }

  @Override
  public Pools pools() {
    SQLiteConfig readOnly = config();
    readOnly.setReadOnly(true);
    HikariConfig readers = pool("operations-readers", readOnly.toProperties(), READERS);
    readers.setReadOnly(true);
    SQLiteConfig writing = config();
    writing.setCacheSize(-WRITER_CACHE_KIB);
    writing.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(PAGES_BEFORE_CHECKPOINT));
    HikariConfig writer = pool("operations-writer", writing.toProperties(), WRITERS);
    return new Pools(new HikariDataSource(readers), new HikariDataSource(writer));
  }

  @Override
  public String meaning(SQLException failure) {
    SQLiteErrorCode code = primary(failure);
    return switch (code) {
      case SQLITE_NOTADB -> "it is not an SQLite file; move it away or restore it from a backup";
      case SQLITE_CORRUPT -> "the file is damaged; restore it from a backup";
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY ->
          "this user may not write the file; give it access";
      case SQLITE_BUSY, SQLITE_LOCKED -> "another process holds it; stop that one";
      case SQLITE_FULL -> "the disk is full";
      case SQLITE_IOERR -> "the disk fails";
      default ->
          failure instanceof SQLTransientConnectionException
              ? "others wrote for longer than " + WAIT_FOR_CONNECTION.toSeconds() + " s"
              : "SQLite says " + code;
    };
  }

  @Override
  public boolean away(SQLException failure) {
    return failure instanceof SQLTransientConnectionException || AWAY.contains(primary(failure));
  }

  /// Carries everything into the file, where deleted rows are overwritten, and empties the log,
  /// which still held them. Readers that are under way keep it from that for up to the busy
  /// time-out.
  @Override
  public void purge(Handle handle) {
    boolean held =
        handle
            .createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
            .map((rs, _) -> rs.getInt(1) != 0)
            .one();
    if (held) {
      throw new DatabaseAway(
          "what was deleted from the operations database "
              + place()
              + " is still in its log, because another process reads it; try again");
    }
  }

  /// Of an extended code such as `SQLITE_IOERR_WRITE` the kind.
  private static SQLiteErrorCode primary(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY_BITS)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  private static SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(Math.toIntExact(BUSY_TIMEOUT.toMillis()));
    config.enforceForeignKeys(true);
    // What is deleted is overwritten: an erased person must not be readable in the file.
    config.setPragma(Pragma.SECURE_DELETE, "on");
    // A transaction that reads first and writes later must not find that another one wrote between.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return config;
  }
}
