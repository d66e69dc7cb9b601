package dev.hooklake.sources.event;

import static dev.hooklake.sources.event.Column.optional;
import static dev.hooklake.sources.event.Column.required;
import static dev.hooklake.sources.event.ColumnType.DATE;
import static dev.hooklake.sources.event.ColumnType.LONG;
import static dev.hooklake.sources.event.ColumnType.STRING;
import static dev.hooklake.sources.event.ColumnType.TIMESTAMP;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every table of the lake.
///
/// The invariant that everything else checks: **one row of the landing table gives exactly one row
/// of a channel table or exactly one row of quarantine**, joined by `source` and the event key
/// (`event_id` in channel tables, `event_key` elsewhere). The order of columns is stable: new ones
/// go before `extra`, and the partition column stays last.
public final class Tables {

  /// Every accepted event as received.
  public static final Table LANDING =
      Table.of(
          "webhook_landing",
          "webhook_landing",
          "date_partition",
          List.of(
              required("source", STRING, "Configured name of the source, for example customerio"),
              required("event_key", STRING, "What is de-duplicated within the source"),
              required("received_at", TIMESTAMP, "When the delivery arrived, UTC"),
              required("path", STRING, "Request path without the query"),
              required(
                  "headers",
                  STRING,
                  "Allow-listed request headers: JSON object of lower-case names to lists of values"),
              optional("content_type", STRING, "Content-Type as sent; null when none"),
              required(
                  "body", STRING, "The event exactly as sent, in the form body_encoding names"),
              required(
                  "body_encoding",
                  STRING,
                  "utf-8: body is the text itself; base64: the bytes are not valid UTF-8"),
              required("journal_position", LONG, "Sequence of the event in the journal"),
              required("date_partition", DATE, "UTC date of received_at")));

  /// What is authentic but not understood; the event itself is in the landing table.
  public static final Table QUARANTINE =
      Table.of(
          "quarantine",
          "quarantine",
          "date_partition",
          List.of(
              required("source", STRING, "Configured name of the source"),
              required("event_key", STRING, "Key of the event in the landing table"),
              required("reason", STRING, "Reason code, for example OBJECT_TYPE_UNKNOWN"),
              required("message", STRING, "What was expected; holds no value of the event"),
              required("received_at", TIMESTAMP, "When the delivery arrived, UTC"),
              required("quarantined_at", TIMESTAMP, "When the event was set aside, UTC"),
              required("journal_position", LONG, "Sequence of the event in the journal"),
              optional("content_type", STRING, "Content-Type as sent; null when none"),
              required("date_partition", DATE, "UTC date of received_at")));

  /// What campaigns and the like are called at their provider. Not made from events, so it is none
  /// of [#all].
  public static final Table NAMES =
      Table.of(
          "provider_names",
          "provider_names",
          "source",
          List.of(
              required(
                  "kind",
                  STRING,
                  "campaign, broadcast, newsletter, transactional, action or content"),
              required("id", LONG, "Id at the provider, as events name it"),
              required(
                  "parent_id",
                  LONG,
                  "Of an action its campaign or broadcast, of a content its newsletter; else 0"),
              required("name", STRING, "Name at the provider"),
              optional("state", STRING, "State or type in the provider's words"),
              required("seen_at", TIMESTAMP, "When it was first seen to be like this, UTC"),
              required("source", STRING, "Configured name of the source")));

  private static final Map<Channel, Table> EVENTS = channelTables();
  private static final List<Table> ALL = allTables();

  private Tables() {}

  /// The table of a channel's events.
  public static Table events(Channel channel) {
    Table table = EVENTS.get(channel);
    if (table == null) {
      throw new IllegalStateException("channel " + channel.label() + " has no table");
    }
    return table;
  }

  /// Landing, the channel tables in the order of [Channel], quarantine.
  public static List<Table> all() {
    return ALL;
  }

  /// Everything that is read, kept in shape and erased from: [#all] and the names.
  public static List<Table> readable() {
    var tables = new ArrayList<Table>(ALL);
    tables.add(NAMES);
    return List.copyOf(tables);
  }

  public static Optional<Table> byName(String name) {
    return readable().stream().filter(table -> table.name().equals(name)).findFirst();
  }

  private static Map<Channel, Table> channelTables() {
    var tables = new EnumMap<Channel, Table>(Channel.class);
    for (Channel channel : Channel.values()) {
      String name = channel.label() + "_events";
      tables.put(
          channel,
          Table.of(
              name, "processed_events/" + name, "event_date", EventColumns.ofChannel(channel)));
    }
    return tables;
  }

  private static List<Table> allTables() {
    var tables = new ArrayList<Table>();
    tables.add(LANDING);
    tables.addAll(EVENTS.values());
    tables.add(QUARANTINE);
    return List.copyOf(tables);
  }
}
