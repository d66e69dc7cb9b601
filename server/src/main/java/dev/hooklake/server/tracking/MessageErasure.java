package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.RowSearch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Removes a person from everything that tracking keeps: their messages, the external ids of these,
/// and what waits for a message to them. Repeated, it finds nothing.
public final class MessageErasure {
  /// Values in one statement; PostgreSQL and SQLite take some tens of thousands.
  private static final int CHUNK = 500;

  private static final String OF_RECIPIENT =
      "SELECT id FROM messages WHERE recipient_key IN (<values>)";
  private static final String OF_USER = "SELECT id FROM messages WHERE user_id IN (<values>)";
  private static final String OF_DELIVERY =
      "SELECT message_id FROM message_external_ids WHERE source = :source AND external_id = :id";
  private static final String DELIVERIES_OF =
      "SELECT source, external_id FROM message_external_ids WHERE message_id IN (<values>)";

  private static final String MESSAGES =
      "SELECT id, user_id, message_type, recipient, error_code, error_reason FROM messages";
  private static final String MAPPED = "SELECT message_id, external_id FROM message_external_ids";
  private static final String WAITING =
      "SELECT source, external_id, recipient_key, message_ref, error_code, error_reason"
          + " FROM waiting_statuses";

  private static final String DELETE_EXTERNAL_IDS =
      "DELETE FROM message_external_ids WHERE message_id IN (<values>)";
  private static final String DELETE_MESSAGES = "DELETE FROM messages WHERE id IN (<values>)";
  private static final String DELETE_WAITING_OF_RECIPIENT =
      "DELETE FROM waiting_statuses WHERE recipient_key IN (<values>)";
  private static final String DELETE_WAITING_OF_MESSAGE =
      "DELETE FROM waiting_statuses WHERE message_ref IN (<values>)";
  private static final String DELETE_WAITING_OF_DELIVERY =
      "DELETE FROM waiting_statuses WHERE source = :source AND external_id = :id";

  private MessageErasure() {}

  /// By what a person is known.
  ///
  /// @param recipients email addresses and phone numbers, written in any usual way
  /// @param userIds our ids of the person, for example Customer.io's customer id and cio id
  /// @param deliveries providers' ids of messages to the person, where the lake told them
  public record Person(Set<String> recipients, Set<String> userIds, Set<ExternalId> deliveries) {
    public Person {
      recipients = Set.copyOf(recipients);
      userIds = Set.copyOf(userIds);
      deliveries = Set.copyOf(deliveries);
    }

    /// Nothing of it: all of it is about a person.
    @Override
    public String toString() {
      return "Person";
    }
  }

  /// What names a person in any of its texts.
  ///
  /// @param messages our ids
  /// @param waiting what waits for a message, by providers' ids
  public record Naming(Set<String> messages, Set<ExternalId> waiting) {
    public Naming {
      messages = Set.copyOf(messages);
      waiting = Set.copyOf(waiting);
    }
  }

  /// How many rows went.
  public record Erased(int messages, int externalIds, int waiting) {}

  /// Looks through every row, in the caller's transaction: an id of a message may be made of an
  /// address, and several may stand in one field.
  ///
  /// @param names whether a text names the person
  public static Naming naming(Handle handle, Predicate<String> names) {
    Set<String> messages = new LinkedHashSet<>();
    messages.addAll(RowSearch.find(handle, MESSAGES, names, (row, _) -> row.getString("id")));
    messages.addAll(RowSearch.find(handle, MAPPED, names, (row, _) -> row.getString("message_id")));
    Set<ExternalId> waiting =
        RowSearch.find(
            handle,
            WAITING,
            names,
            (row, _) -> new ExternalId(row.getString("source"), row.getString("external_id")));
    return new Naming(messages, waiting);
  }

  /// Removes the person, within the caller's transaction.
  ///
  /// @param naming found before
  public static Erased erase(Handle handle, Person person, Naming naming) {
    List<String> recipientKeys =
        person.recipients().stream().flatMap(MessageErasure::keys).toList();
    Set<String> messages = new LinkedHashSet<>(naming.messages());
    messages.addAll(find(handle, OF_RECIPIENT, recipientKeys));
    messages.addAll(find(handle, OF_USER, person.userIds()));
    person.deliveries().forEach(one -> messages.addAll(of(handle, one)));
    Set<ExternalId> deliveries = new LinkedHashSet<>(person.deliveries());
    deliveries.addAll(naming.waiting());
    deliveries.addAll(deliveries(handle, messages));

    int waiting = delete(handle, DELETE_WAITING_OF_RECIPIENT, recipientKeys);
    waiting += delete(handle, DELETE_WAITING_OF_MESSAGE, messages);
    for (ExternalId one : deliveries) {
      waiting +=
          handle
              .createUpdate(DELETE_WAITING_OF_DELIVERY)
              .bind("source", one.source())
              .bind("id", one.id())
              .execute();
    }
    int externalIds = delete(handle, DELETE_EXTERNAL_IDS, messages);
    return new Erased(delete(handle, DELETE_MESSAGES, messages), externalIds, waiting);
  }

  /// Numbers are written with and without the plus sign.
  private static Stream<String> keys(String recipient) {
    String key = Recipient.key(recipient);
    if (key == null) {
      return Stream.empty();
    }
    if (key.matches("\\+\\d+")) {
      return Stream.of(key, key.substring(1));
    }
    return key.matches("\\d+") ? Stream.of(key, "+" + key) : Stream.of(key);
  }

  private static List<String> of(Handle handle, ExternalId delivery) {
    return handle
        .createQuery(OF_DELIVERY)
        .bind("source", delivery.source())
        .bind("id", delivery.id())
        .mapTo(String.class)
        .list();
  }

  private static List<String> find(Handle handle, String query, Collection<String> values) {
    return chunks(values).stream()
        .flatMap(chunk ->
            handle.createQuery(query).bindList("values", chunk).mapTo(String.class).list().stream())
        .toList();
  }

  private static List<ExternalId> deliveries(Handle handle, Collection<String> messages) {
    return chunks(messages).stream()
        .flatMap(chunk ->
            handle
                .createQuery(DELIVERIES_OF)
                .bindList("values", chunk)
                .map((rs, _) -> new ExternalId(rs.getString("source"), rs.getString("external_id")))
                .list()
                .stream())
        .toList();
  }

  private static int delete(Handle handle, String statement, Collection<String> values) {
    return chunks(values).stream()
        .mapToInt(chunk -> handle.createUpdate(statement).bindList("values", chunk).execute())
        .sum();
  }

  private static List<List<String>> chunks(Collection<String> values) {
    List<String> all = List.copyOf(values);
    List<List<String>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
    }
    return chunks;
  }
}
