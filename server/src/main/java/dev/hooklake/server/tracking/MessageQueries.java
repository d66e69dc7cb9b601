package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.tracking.MessagePage.Cursor;
import dev.hooklake.server.tracking.MessagePage.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads messages. Lists run newest first and are cut by the last message seen, so that a page
/// stays where it is while messages are added.
final class MessageQueries {
  private static final String SELECT = "SELECT * FROM messages";
  private static final String BY_ID = SELECT + " WHERE id = :id";
  private static final String BY_EXTERNAL_ID =
      SELECT
          + " WHERE id = (SELECT message_id FROM message_external_ids"
          + " WHERE source = :source AND external_id = :externalId)";
  private static final String EXTERNAL_IDS =
      "SELECT message_id, source, external_id FROM message_external_ids"
          + " WHERE message_id IN (<ids>) ORDER BY source, external_id";

  private final ErrorCodes errorCodes;

  MessageQueries(ErrorCodes errorCodes) {
    this.errorCodes = errorCodes;
  }

  Optional<Message> byId(Handle handle, String id) {
    return messages(handle, handle.createQuery(BY_ID).bind("id", id)).stream().findFirst();
  }

  Optional<Message> byExternalId(Handle handle, ExternalId externalId) {
    Query query =
        handle
            .createQuery(BY_EXTERNAL_ID)
            .bind("source", externalId.source())
            .bind("externalId", externalId.id());
    return messages(handle, query).stream().findFirst();
  }

  MessagePage list(Handle handle, MessageFilter filter, Request request) {
    var conditions = new Conditions();
    if (filter.recipient() != null) {
      // A blank recipient has no key, and matches nothing.
      String key = Objects.requireNonNullElse(Recipient.key(filter.recipient()), "");
      conditions.add("recipient_key = :recipientKey", "recipientKey", key);
    }
    conditions.add("user_id = :userId", "userId", filter.userId());
    conditions.add("message_type = :messageType", "messageType", filter.messageType());
    conditions.add(
        "channel = :channel",
        "channel",
        filter.channel() == null ? null : filter.channel().label());
    conditions.add(
        "status = :status", "status", filter.status() == null ? null : filter.status().label());
    conditions.add("created_at >= :from", "from", micros(filter.createdFrom()));
    conditions.add("created_at < :to", "to", micros(filter.createdTo()));
    return page(handle, conditions, request);
  }

  private MessagePage page(Handle handle, Conditions conditions, Request request) {
    Cursor after = request.after();
    if (after != null) {
      conditions.add(
          "(created_at, id) < (:afterTime, :afterId)", "afterTime", after.createdAtMicros());
      conditions.values.put("afterId", after.messageId());
    }
    Query query =
        handle
            .createQuery(
                SELECT + conditions.where() + " ORDER BY created_at DESC, id DESC LIMIT :limit")
            .bindMap(conditions.values)
            // One more than asked for tells whether there is a next page.
            .bind("limit", request.limit() + 1);
    List<Message> messages = messages(handle, query);
    boolean more = messages.size() > request.limit();
    List<Message> shown = more ? messages.subList(0, request.limit()) : messages;
    return new MessagePage(shown, more ? Cursor.at(shown.getLast()) : null);
  }

  private List<Message> messages(Handle handle, Query query) {
    List<StoredMessage> stored = query.map((rs, _) -> StoredMessage.of(rs)).list();
    Map<String, List<ExternalId>> externalIds = externalIds(handle, stored);
    return stored.stream()
        .map(message -> message.with(externalIds.getOrDefault(message.id(), List.of()), errorCodes))
        .toList();
  }

  private static Map<String, List<ExternalId>> externalIds(
      Handle handle, List<StoredMessage> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    var byMessage = new HashMap<String, List<ExternalId>>();
    handle
        .createQuery(EXTERNAL_IDS)
        .bindList("ids", messages.stream().map(StoredMessage::id).toList())
        .map((rs, _) ->
            Map.entry(
                rs.getString("message_id"),
                new ExternalId(rs.getString("source"), rs.getString("external_id"))))
        .forEach(entry ->
            byMessage
                .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                .add(entry.getValue()));
    return byMessage;
  }

  private static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : (Long) EpochMicros.of(instant);
  }

  /// Only the conditions that are asked for: `x IS NULL OR ...` would keep the indexes unused.
  private static final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    void add(String text, String name, @Nullable Object value) {
      if (value != null) {
        texts.add(text);
        values.put(name, value);
      }
    }

    String where() {
      return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
    }
  }
}
