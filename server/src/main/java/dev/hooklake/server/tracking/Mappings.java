package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Finds the message of an unmapped external id by the configured strategy, and stores mappings
/// together with what had been waiting for them.
final class Mappings {
  private static final String BY_REFERENCE = "SELECT id FROM messages WHERE id = :reference";

  /// Two are enough to know that there is no single one.
  private static final String BY_TIME =
      "SELECT id FROM messages WHERE recipient_key = :recipientKey AND channel = :channel"
          + " AND created_at BETWEEN :from AND :to AND NOT EXISTS (SELECT 1"
          + " FROM message_external_ids WHERE message_external_ids.message_id = messages.id)"
          + " LIMIT 2";

  private static final String WAITING_FOR_REFERENCE =
      "SELECT source, external_id FROM waiting_statuses WHERE message_ref = :id";

  private static final String WAITING_FOR_RECIPIENT =
      "SELECT source, external_id, first_event_at FROM waiting_statuses"
          + " WHERE recipient_key = :recipientKey AND channel = :channel"
          + " AND first_event_at BETWEEN :from AND :to LIMIT 2";

  private static final String ADD =
      "INSERT INTO message_external_ids (source, external_id, message_id, mapped_by, created_at)"
          + " VALUES (:source, :externalId, :messageId, :mappedBy, :now)";

  private static final String APPLY_WAITING =
      "UPDATE messages SET "
          + StatusMerge.set("messages", "incoming")
          + " FROM waiting_statuses AS incoming WHERE messages.id = :messageId"
          + " AND incoming.source = :source AND incoming.external_id = :externalId";

  private static final String FORGET_WAITING =
      "DELETE FROM waiting_statuses WHERE source = :source AND external_id = :externalId";

  private final TrackingSettings settings;

  Mappings(TrackingSettings settings) {
    this.settings = settings;
  }

  Optional<String> find(Handle handle, Clue clue) {
    return switch (settings.strategy()) {
      case DATABASE -> Optional.empty();
      case EMBEDDED -> byReference(handle, clue);
      case TIMESTAMP -> byTime(handle, clue);
    };
  }

  /// Stores mappings of external ids that had none, and applies what waited for them.
  void add(Handle handle, List<Mapping> mappings, Instant now) {
    if (mappings.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(ADD)) {
      for (Mapping mapping : mappings) {
        bind(batch, mapping.externalId())
            .bind("messageId", mapping.messageId())
            .bind("mappedBy", mapping.by().label())
            .bind("now", EpochMicros.of(now))
            .add();
      }
      batch.execute();
    }
    forgetWaiting(handle, applyWaiting(handle, mappings));
  }

  /// Maps as the strategy found it.
  void addFound(Handle handle, ExternalId externalId, String messageId, Instant now) {
    add(handle, List.of(new Mapping(externalId, messageId, settings.strategy())), now);
  }

  /// Lets events that came before their message find it, where the strategy can.
  void welcome(Handle handle, OutgoingMessage message, Instant now) {
    switch (settings.strategy()) {
      case DATABASE -> {}
      case EMBEDDED -> welcomeByReference(handle, message, now);
      case TIMESTAMP -> welcomeByTime(handle, message, now);
    }
  }

  private static Optional<String> byReference(Handle handle, Clue clue) {
    return clue.reference() == null
        ? Optional.empty()
        : handle
            .createQuery(BY_REFERENCE)
            .bind("reference", clue.reference())
            .mapTo(String.class)
            .findOne();
  }

  private Optional<String> byTime(Handle handle, Clue clue) {
    if (clue.recipientKey() == null) {
      return Optional.empty();
    }
    List<String> candidates =
        handle
            .createQuery(BY_TIME)
            .bind("recipientKey", clue.recipientKey())
            .bind("channel", clue.channel())
            .bind("from", EpochMicros.of(clue.at().minus(settings.window())))
            .bind("to", EpochMicros.of(clue.at().plus(settings.window())))
            .mapTo(String.class)
            .list();
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private void welcomeByReference(Handle handle, OutgoingMessage message, Instant now) {
    handle
        .createQuery(WAITING_FOR_REFERENCE)
        .bind("id", message.id())
        .map((rs, _) -> new ExternalId(rs.getString("source"), rs.getString("external_id")))
        .list()
        .forEach(externalId -> addFound(handle, externalId, message.id(), now));
  }

  private void welcomeByTime(Handle handle, OutgoingMessage message, Instant now) {
    String recipientKey = Recipient.key(message.recipient());
    if (recipientKey == null) {
      return;
    }
    Instant createdAt = Objects.requireNonNullElse(message.createdAt(), now);
    record Waiting(ExternalId externalId, Instant firstEventAt) {}
    List<Waiting> waiting =
        handle
            .createQuery(WAITING_FOR_RECIPIENT)
            .bind("recipientKey", recipientKey)
            .bind("channel", message.channel().label())
            .bind("from", EpochMicros.of(createdAt.minus(settings.window())))
            .bind("to", EpochMicros.of(createdAt.plus(settings.window())))
            .map((rs, _) ->
                new Waiting(
                    new ExternalId(rs.getString("source"), rs.getString("external_id")),
                    EpochMicros.instant(rs.getLong("first_event_at"))))
            .list();
    // Of two that wait, either may be meant.
    if (waiting.size() == 1) {
      Waiting only = waiting.getFirst();
      var clue = new Clue(message.channel().label(), recipientKey, null, only.firstEventAt());
      byTime(handle, clue).ifPresent(id -> addFound(handle, only.externalId(), id, now));
    }
  }

  /// The external ids that something had waited for.
  private static List<ExternalId> applyWaiting(Handle handle, List<Mapping> mappings) {
    int[] applied;
    try (PreparedBatch batch = handle.prepareBatch(APPLY_WAITING)) {
      for (Mapping mapping : mappings) {
        bind(batch, mapping.externalId()).bind("messageId", mapping.messageId()).add();
      }
      applied = batch.execute();
    }
    List<ExternalId> waited = new ArrayList<>();
    for (int i = 0; i < applied.length; i++) {
      if (applied[i] > 0) {
        waited.add(mappings.get(i).externalId());
      }
    }
    return waited;
  }

  private static void forgetWaiting(Handle handle, List<ExternalId> externalIds) {
    if (externalIds.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(FORGET_WAITING)) {
      externalIds.forEach(externalId -> bind(batch, externalId).add());
      batch.execute();
    }
  }

  private static PreparedBatch bind(PreparedBatch batch, ExternalId externalId) {
    return batch.bind("source", externalId.source()).bind("externalId", externalId.id());
  }

  /// Which message an external id means, and how we know.
  record Mapping(ExternalId externalId, String messageId, MappingStrategy by) {
    static Mapping registered(ExternalId externalId, String messageId) {
      return new Mapping(externalId, messageId, MappingStrategy.DATABASE);
    }
  }
}
