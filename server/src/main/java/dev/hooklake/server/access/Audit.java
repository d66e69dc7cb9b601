package dev.hooklake.server.access;

import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every change and every look at personal data, kept in the operations database. An action is
/// written down before it is done, so what fails halfway is there too, and once more how it ended.
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  public static final int MOST_ENTRIES = 500;

  /// Asks for the newest entries.
  public static final String NEWEST = "~";

  private static final int LONGEST_TEXT = 2000;
  private static final String INSERT =
      "INSERT INTO audit (id, at, actor, role, action, target, detail, outcome)"
          + " VALUES (:id, :at, :actor, :role, :action, :target, :detail, :outcome)";
  private static final String END = "UPDATE audit SET outcome = :outcome WHERE id = :id";
  private static final String LIST =
      "SELECT * FROM audit WHERE id < :before AND (:action = '' OR action = :action)"
          + " ORDER BY id DESC LIMIT :limit";

  private final OperationsDatabase database;
  private final InstantSource clock;

  public Audit(OperationsDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Writes down what nothing can turn down any more, such as a look at what was found; when that
  /// fails, it must not be done.
  public void record(Caller caller, String action, String target, String detail) {
    write(caller, new Deed(action, target, detail), AuditOutcome.DONE);
  }

  /// Writes an action down that begins now; when that fails, it must not be done. It has failed
  /// unless [Begun#done] or another end is told before the close.
  public Begun begin(Caller caller, String action, String target, String detail) {
    return new Begun(write(caller, new Deed(action, target, detail), AuditOutcome.UNKNOWN));
  }

  private record Deed(String action, String target, String detail) {}

  private String write(Caller caller, Deed deed, AuditOutcome outcome) {
    long at = EpochMicros.of(clock.instant());
    String id = "%016x-%s".formatted(at, RandomText.next());
    database.change(handle ->
        handle
            .createUpdate(INSERT)
            .bind("id", id)
            .bind("at", at)
            .bind("actor", caller.name())
            .bind("role", caller.role().label())
            .bind("action", deed.action())
            .bind("target", shortened(deed.target()))
            .bind("detail", shortened(deed.detail()))
            .bind("outcome", outcome.label())
            .execute());
    return id;
  }

  /// An action under way. One thread's.
  public final class Begun implements AutoCloseable {
    private final String id;
    private AuditOutcome outcome = AuditOutcome.FAILED;

    private Begun(String id) {
      this.id = id;
    }

    public void done() {
      ended(true);
    }

    /// It was done, or turned down and nothing was changed; gives back which.
    public boolean ended(boolean done) {
      outcome = done ? AuditOutcome.DONE : AuditOutcome.REFUSED;
      return done;
    }

    /// It goes on by itself from here, or was turned down; gives back which.
    public boolean accepted(boolean going) {
      outcome = going ? AuditOutcome.BEGUN : AuditOutcome.REFUSED;
      return going;
    }

    /// Does it. An [IllegalArgumentException] says that it was turned down.
    public <T> T carryOut(Supplier<T> action) {
      return tried(action, AuditOutcome.DONE);
    }

    /// Sets going what ends later. An [IllegalArgumentException] says that it was turned down.
    public <T> T setGoing(Supplier<T> action) {
      return tried(action, AuditOutcome.BEGUN);
    }

    private <T> T tried(Supplier<T> action, AuditOutcome good) {
      try {
        T result = action.get();
        outcome = good;
        return result;
      } catch (IllegalArgumentException e) {
        ended(false);
        throw e;
      }
    }

    /// What was done stays done if this cannot be written: then the end is not known.
    @Override
    public void close() {
      try {
        database.change(handle ->
            handle.createUpdate(END).bind("id", id).bind("outcome", outcome.label()).execute());
      } catch (DatabaseAway e) {
        LOG.warn("How an audited action ended cannot be written down; it was {}", outcome.label());
      }
    }
  }

  /// Entries before the one with this id (`NEWEST`: all), newest first.
  ///
  /// @param action only this one; empty for all
  public List<AuditEntry> list(String before, String action, int limit) {
    return database.read(handle ->
        handle
            .createQuery(LIST)
            .bind("before", before)
            .bind("action", action)
            .bind("limit", Math.min(limit, MOST_ENTRIES))
            .map((rs, _) -> entry(rs))
            .list());
  }

  private static AuditEntry entry(ResultSet rs) throws SQLException {
    return new AuditEntry(
        rs.getString("id"),
        EpochMicros.instant(rs.getLong("at")),
        rs.getString("actor"),
        Role.valueOf(rs.getString("role").toUpperCase(Locale.ROOT)),
        rs.getString("action"),
        rs.getString("target"),
        rs.getString("detail"),
        AuditOutcome.of(rs.getString("outcome")));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
