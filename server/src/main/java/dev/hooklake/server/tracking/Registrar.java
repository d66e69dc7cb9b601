package dev.hooklake.server.tracking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.hooklake.server.operations.ConsumerCheckpoints;
import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.server.tracking.Mappings.Mapping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Registers messages within one transaction, and applies what events had said before.
final class Registrar {
  private static final String CHANNELS = "SELECT id, channel FROM messages WHERE id IN (<ids>)";

  private static final String OWNERS =
      "SELECT external_id, message_id FROM message_external_ids"
          + " WHERE source = :source AND external_id IN (<ids>)";

  private static final String UPSERT =
      """
      INSERT INTO messages (id, user_id, message_type, channel, recipient, recipient_key, created_at,
        status, status_rank, status_at, action_rank, cost_micros, cost_currency)
      VALUES (:id, :userId, :messageType, :channel, :recipient, :recipientKey, :createdAt,
        :status, :statusRank, :createdAt, 0, :costMicros, :costCurrency)
      ON CONFLICT (id) DO UPDATE SET
        user_id = COALESCE(messages.user_id, excluded.user_id),
        message_type = COALESCE(messages.message_type, excluded.message_type),
        recipient = COALESCE(messages.recipient, excluded.recipient),
        recipient_key = COALESCE(messages.recipient_key, excluded.recipient_key),
        cost_micros = COALESCE(messages.cost_micros, excluded.cost_micros),
        cost_currency = COALESCE(messages.cost_currency, excluded.cost_currency)
      """;

  private final Mappings mappings;

  Registrar(Mappings mappings) {
    this.mappings = mappings;
  }

  List<Registration> register(Handle handle, List<OutgoingMessage> messages, Instant now) {
    if (messages.isEmpty()) {
      return List.of();
    }
    // Else an event could be set waiting just while its message is being registered.
    ConsumerCheckpoints.takeTurn(handle, MessageTracking.NAME);
    var known = new Known(channels(handle, messages), owners(handle, messages));
    List<Registration> outcomes = new ArrayList<>(messages.size());
    List<OutgoingMessage> accepted = new ArrayList<>(messages.size());
    List<Mapping> found = new ArrayList<>();
    for (OutgoingMessage message : messages) {
      Registration outcome = known.judge(message);
      if (!(outcome instanceof Registration.Refused)) {
        accepted.add(message);
        known.take(message).forEach(id -> found.add(Mapping.registered(id, message.id())));
      }
      outcomes.add(outcome);
    }
    store(handle, accepted, now);
    mappings.add(handle, found, now);
    accepted.forEach(message -> mappings.welcome(handle, message, now));
    return List.copyOf(outcomes);
  }

  private static Map<String, String> channels(Handle handle, List<OutgoingMessage> messages) {
    var channels = new HashMap<String, String>();
    handle
        .createQuery(CHANNELS)
        .bindList("ids", messages.stream().map(OutgoingMessage::id).distinct().toList())
        .map((rs, _) -> channels.put(rs.getString("id"), rs.getString("channel")))
        .forEach(_ -> {});
    return channels;
  }

  private static Map<ExternalId, String> owners(Handle handle, List<OutgoingMessage> messages) {
    Map<String, List<String>> idsBySource =
        messages.stream()
            .flatMap(message -> message.externalIds().stream())
            .distinct()
            .collect(groupingBy(ExternalId::source, mapping(ExternalId::id, toList())));
    var owners = new HashMap<ExternalId, String>();
    idsBySource.forEach((source, ids) ->
        handle
            .createQuery(OWNERS)
            .bind("source", source)
            .bindList("ids", ids)
            .map((rs, _) ->
                owners.put(
                    new ExternalId(source, rs.getString("external_id")),
                    rs.getString("message_id")))
            .forEach(_ -> {}));
    return owners;
  }

  private static void store(Handle handle, List<OutgoingMessage> messages, Instant now) {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(UPSERT)) {
      for (OutgoingMessage message : messages) {
        Cost cost = message.cost();
        batch
            .bind("id", message.id())
            .bind("userId", message.userId())
            .bind("messageType", message.messageType())
            .bind("channel", message.channel().label())
            .bind("recipient", message.recipient())
            .bind("recipientKey", Recipient.key(message.recipient()))
            .bind("createdAt", EpochMicros.of(Objects.requireNonNullElse(message.createdAt(), now)))
            .bind("status", MessageStatus.REGISTERED.label())
            .bind("statusRank", MessageStatus.REGISTERED.rank())
            .bind("costMicros", cost == null ? null : (Long) cost.micros())
            .bind("costCurrency", cost == null ? null : cost.currency())
            .add();
      }
      batch.execute();
    }
  }

  /// What is registered, before this call and by the part of it that has been judged.
  private record Known(Map<String, String> channels, Map<ExternalId, String> owners) {

    Registration judge(OutgoingMessage message) {
      String id = message.id();
      String channel = channels.get(id);
      if (channel != null && !channel.equals(message.channel().label())) {
        return new Registration.Refused(id, "it is registered with channel " + channel);
      }
      for (ExternalId externalId : message.externalIds()) {
        if (!id.equals(owners.getOrDefault(externalId, id))) {
          return new Registration.Refused(
              id, "its id at " + externalId.source() + " belongs to another message");
        }
      }
      return channel == null ? new Registration.Created(id) : new Registration.Known(id);
    }

    /// The external ids that nobody had.
    List<ExternalId> take(OutgoingMessage message) {
      channels.put(message.id(), message.channel().label());
      return message.externalIds().stream()
          .filter(externalId -> owners.putIfAbsent(externalId, message.id()) == null)
          .toList();
    }
  }
}
