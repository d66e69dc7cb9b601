package dev.hooklake.server.enrichment;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import dev.hooklake.server.operations.EpochMicros;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `scheduled_tasks`: how db-scheduler reads and writes it on either engine, and how an event and
/// its job come to be in one transaction.
///
/// db-scheduler writes `OFFSET ... FETCH`, which SQLite does not know, and times of the database's
/// own type; here both engines get `LIMIT` and microseconds.
final class JobTable extends DefaultJdbcCustomization {
  static final String TASK = "enrich-lead-event";

  private static final String ADD =
      "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
          + " VALUES (:task, :event, :now, :picked, 1)"
          + " ON CONFLICT (task_name, task_instance) DO UPDATE SET"
          + " execution_time = CASE WHEN excluded.execution_time < scheduled_tasks.execution_time"
          + " THEN excluded.execution_time ELSE scheduled_tasks.execution_time END";

  private static final String RELEASE =
      "UPDATE scheduled_tasks SET picked = :picked, picked_by = NULL, last_heartbeat = NULL,"
          + " version = version + 1 WHERE picked_by = :name";

  private static final String ADD_LOST =
      "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
          + " SELECT CAST(:task AS TEXT), id, CAST(:now AS BIGINT), :picked, 1 FROM webhook_events"
          + " WHERE status IN ('received', 'processing') AND NOT EXISTS (SELECT 1"
          + " FROM scheduled_tasks WHERE task_name = :task AND task_instance = webhook_events.id)"
          + " ON CONFLICT (task_name, task_instance) DO NOTHING";

  JobTable() {
    super(true);
  }

  static void add(Handle handle, String eventId, Instant now) {
    handle
        .createUpdate(ADD)
        .bind("task", TASK)
        .bind("event", eventId)
        .bind("now", EpochMicros.of(now))
        .bind("picked", false)
        .execute();
  }

  /// Lets go of what this server's former life had picked up.
  static int release(Handle handle, String server) {
    return handle.createUpdate(RELEASE).bind("name", server).bind("picked", false).execute();
  }

  /// Gives a job to each open event that has none; there is none unless somebody removed it.
  static int addLost(Handle handle, Instant now) {
    return handle
        .createUpdate(ADD_LOST)
        .bind("task", TASK)
        .bind("now", EpochMicros.of(now))
        .bind("picked", false)
        .execute();
  }

  @Override
  public String getName() {
    return "microseconds";
  }

  @Override
  public void setInstant(PreparedStatement statement, int index, @Nullable Instant value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, EpochMicros.of(value));
    }
  }

  @Override
  public @Nullable Instant getInstant(ResultSet rs, String columnName) throws SQLException {
    long micros = rs.getLong(columnName);
    return rs.wasNull() ? null : EpochMicros.instant(micros);
  }

  @Override
  public void setTaskData(PreparedStatement statement, int index, byte @Nullable [] value)
      throws SQLException {
    statement.setNull(index, Types.VARCHAR);
  }

  @Override
  public byte @Nullable [] getTaskData(ResultSet rs, String columnName) {
    return null;
  }

  @Override
  public String getQueryLimitPart(int limit) {
    return " LIMIT " + limit;
  }
}
