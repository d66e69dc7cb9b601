package dev.hooklake.server.enrichment;

import dev.hooklake.server.operations.EpochMicros;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The steps of an event that have ended.
final class Steps {
  private static final String OF_EVENT =
      "SELECT * FROM lead_steps WHERE event_id = :id ORDER BY ended_at, started_at";

  private static final String ADD =
      "INSERT INTO lead_steps (event_id, step, state, result, started_at, ended_at)"
          + " VALUES (:id, :step, :state, :result, :startedAt, :endedAt)";

  private Steps() {}

  static Map<StepName, StepRecord> ended(Handle handle, String eventId) {
    var ended = new EnumMap<StepName, StepRecord>(StepName.class);
    list(handle, eventId).forEach(record -> ended.put(record.step(), record));
    return ended;
  }

  static List<StepRecord> list(Handle handle, String eventId) {
    return handle
        .createQuery(OF_EVENT)
        .bind("id", eventId)
        .map((rs, _) ->
            new StepRecord(
                StepName.of(rs.getString("step")).orElseThrow(),
                StepRecord.State.of(rs.getString("state")),
                rs.getString("result"),
                EpochMicros.instant(rs.getLong("started_at")),
                EpochMicros.instant(rs.getLong("ended_at"))))
        .list();
  }

  static void add(Handle handle, String eventId, StepRecord record) {
    handle
        .createUpdate(ADD)
        .bind("id", eventId)
        .bind("step", record.step().label())
        .bind("state", record.state().label())
        .bind("result", record.result())
        .bind("startedAt", EpochMicros.of(record.startedAt()))
        .bind("endedAt", EpochMicros.of(record.endedAt()))
        .execute();
  }
}
