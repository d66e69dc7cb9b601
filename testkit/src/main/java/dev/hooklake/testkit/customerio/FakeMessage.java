package dev.hooklake.testkit.customerio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A message as the fake knows it.
///
/// @param type as the App API words it: SMS is `twilio`
/// @param parent what it belongs to, by field: `campaign_id`, `action_id` ...
/// @param created epoch seconds
/// @param metrics epoch seconds at which each was first reached, as `GET /v1/messages` shows them
public record FakeMessage(
    String id,
    String type,
    Person person,
    Map<String, Long> parent,
    @Nullable String recipient,
    @Nullable String subject,
    long created,
    SequencedMap<String, Long> metrics,
    @Nullable String failureMessage) {

  public record Person(String id, @Nullable String email, @Nullable String cioId) {}

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("deduplicate_id", id + ":" + created).put("type", type);
    json.put("customer_id", person.id());
    ObjectNode identifiers = json.putObject("customer_identifiers");
    identifiers.put("id", person.id()).put("email", person.email()).put("cio_id", person.cioId());
    json.put("recipient", recipient).put("subject", subject);
    for (String field : FIELDS) {
      json.put(field, parent.get(field));
    }
    json.putNull("trigger_event_id");
    json.put("created", created);
    ObjectNode times = json.putObject("metrics");
    metrics.forEach(times::put);
    return json.put("failure_message", failureMessage).put("forgotten", false);
  }

  /// Of an export's file. The real ones are not documented: these are the list's words, in another
  /// case here and there.
  static final List<String> COLUMNS =
      List.of(
          "Delivery ID",
          "type",
          "customer_id",
          "cio_id",
          "recipient",
          "subject",
          "campaign_id",
          "broadcast_id",
          "newsletter_id",
          "transactional_message_id",
          "content_id",
          "action_id",
          "parent_action_id",
          "failure_message",
          "created",
          "drafted",
          "sent",
          "delivered",
          "opened",
          "human_opened",
          "prefetch_opened",
          "clicked",
          "human_clicked",
          "prefetch_clicked",
          "converted",
          "bounced",
          "spammed",
          "unsubscribed",
          "dropped",
          "failed",
          "undeliverable",
          "plan");

  /// Its row of an export's file.
  String csv() {
    return COLUMNS.stream().map(this::cell).collect(Collectors.joining(","));
  }

  private String cell(String column) {
    Object value =
        switch (column) {
          case "Delivery ID" -> id;
          case "type" -> type;
          case "customer_id" -> person.id();
          case "cio_id" -> person.cioId();
          case "recipient" -> recipient;
          case "subject" -> subject;
          case "failure_message" -> failureMessage;
          case "created" -> created;
          // An attribute of the person that somebody wanted as a column.
          case "plan" -> "basic";
          default -> metrics.containsKey(column) ? metrics.get(column) : parent.get(column);
        };
    return value == null ? "" : '"' + value.toString().replace("\"", "\"\"") + '"';
  }

  private static final String[] FIELDS = {
    "campaign_id", "broadcast_id", "newsletter_id", "content_id", "action_id", "parent_action_id"
  };
}
