package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.operations.RowStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Applies a batch of events within one transaction: to the message that the external id means,
/// else to the one that the mapping strategy finds, else to what waits for a message.
final class StatusUpdates {
  private static final String TO_MESSAGE =
      "UPDATE messages SET "
          + StatusMerge.set("messages", "incoming")
          + " FROM "
          + StatusMerge.INCOMING
          + " WHERE messages.id = (SELECT message_id FROM message_external_ids"
          + " WHERE source = ? AND external_id = ?)";

  private static final String TO_WAITING =
      "INSERT INTO waiting_statuses (source, external_id, channel, recipient_key, message_ref,"
          + " first_event_at, waiting_since, "
          + StatusMerge.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, "
          + StatusMerge.VALUES
          + ") ON CONFLICT (source, external_id) DO UPDATE SET "
          + "first_event_at = CASE WHEN excluded.first_event_at < waiting_statuses.first_event_at"
          + " THEN excluded.first_event_at ELSE waiting_statuses.first_event_at END,"
          + " recipient_key = COALESCE(waiting_statuses.recipient_key, excluded.recipient_key),"
          + " message_ref = COALESCE(waiting_statuses.message_ref, excluded.message_ref), "
          + StatusMerge.set("waiting_statuses", "excluded");

  private final Mappings mappings;

  StatusUpdates(Mappings mappings) {
    this.mappings = mappings;
  }

  /// How many events went where.
  record Tally(int applied, int waiting) {
    static final Tally NONE = new Tally(0, 0);
  }

  Tally apply(Handle handle, List<StatusEvent> events, Instant now) {
    List<StatusEvent> unknown = toMessages(handle, events);
    Set<ExternalId> found = new HashSet<>();
    for (StatusEvent event : unknown) {
      if (!found.contains(event.externalId()) && map(handle, event, now)) {
        found.add(event.externalId());
      }
    }
    List<StatusEvent> late = new ArrayList<>();
    List<StatusEvent> waiting = new ArrayList<>();
    for (StatusEvent event : unknown) {
      (found.contains(event.externalId()) ? late : waiting).add(event);
    }
    toMessages(handle, late);
    toWaiting(handle, waiting);
    return new Tally(events.size() - waiting.size(), waiting.size());
  }

  private boolean map(Handle handle, StatusEvent event, Instant now) {
    Optional<String> message = mappings.find(handle, Clue.of(event));
    message.ifPresent(id -> mappings.addFound(handle, event.externalId(), id, now));
    return message.isPresent();
  }

  /// The events whose external id is not mapped.
  private static List<StatusEvent> toMessages(Handle handle, List<StatusEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    int[] updated;
    try (RowStatement row = new RowStatement(handle, TO_MESSAGE)) {
      for (StatusEvent event : events) {
        StatusMerge.bind(row, event);
        bindId(row, event).add();
      }
      updated = row.execute();
    }
    List<StatusEvent> unknown = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        unknown.add(events.get(i));
      }
    }
    return unknown;
  }

  private static void toWaiting(Handle handle, List<StatusEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    try (RowStatement row = new RowStatement(handle, TO_WAITING)) {
      for (StatusEvent event : events) {
        bindId(row, event)
            .text(event.channel().label())
            .text(event.recipientKey())
            .text(event.reference())
            .number(EpochMicros.of(event.occurredAt()))
            .number(EpochMicros.of(event.receivedAt()));
        StatusMerge.bind(row, event);
        row.add();
      }
      row.execute();
    }
  }

  private static RowStatement bindId(RowStatement row, StatusEvent event) {
    return row.text(event.externalId().source()).text(event.externalId().id());
  }
}
