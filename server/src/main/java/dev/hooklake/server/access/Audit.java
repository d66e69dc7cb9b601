package dev.hooklake.server.access;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.OperationsDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/// Every change and every look at personal data, kept in the operations database. An action is
/// written down before it is done, so what fails halfway is there too.
public final class Audit {
  public static final int MOST_ENTRIES = 500;

  /// Asks for the newest entries.
  public static final String NEWEST = "~";

  private static final int LONGEST_TEXT = 2000;
  private static final String INSERT =
      "INSERT INTO audit (id, at, actor, role, action, target, detail)"
          + " VALUES (:id, :at, :actor, :role, :action, :target, :detail)";
  private static final String LIST =
      "SELECT * FROM audit WHERE id < :before AND (:action = '' OR action = :action)"
          + " ORDER BY id DESC LIMIT :limit";

  private final OperationsDatabase database;
  private final InstantSource clock;

  public Audit(OperationsDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Writes an action down; when that fails, the action must not be done.
  public void record(Caller caller, String action, String target, String detail) {
    long at = EpochMicros.of(clock.instant());
    database.change(handle ->
        handle
            .createUpdate(INSERT)
            .bind("id", "%016x-%s".formatted(at, RandomText.next()))
            .bind("at", at)
            .bind("actor", caller.name())
            .bind("role", caller.role().label())
            .bind("action", action)
            .bind("target", shortened(target))
            .bind("detail", shortened(detail))
            .execute());
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
        rs.getString("detail"));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
