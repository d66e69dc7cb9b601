package dev.hooklake.server.analytics;

import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.MachineActivity;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What happened to one delivery, told in the order one likes: `story(EMAIL, "e1").at(time,
/// "sent")`.
final class DeliveryStory {
  private final Channel channel;
  private final String name;
  private final Map<String, Object> always = new LinkedHashMap<>();
  private final List<Map<String, Object>> events = new ArrayList<>();

  private DeliveryStory(Channel channel, String name) {
    this.channel = channel;
    this.name = name;
    of("source", "customerio").of("object_type", channel.label()).of("delivery_id", name);
  }

  static DeliveryStory story(Channel channel, String name) {
    return new DeliveryStory(channel, name);
  }

  /// Sets what every event of the delivery says.
  DeliveryStory of(String column, Object value) {
    always.put(column, value);
    return this;
  }

  /// Something happened, at a time in any zone; flags are boolean columns that are true.
  DeliveryStory at(String time, String metric, String... flags) {
    Instant instant = OffsetDateTime.parse(time).toInstant();
    var event = new LinkedHashMap<String, Object>();
    event.put("event_id", name + "-" + (events.size() + 1));
    event.put("metric", metric);
    event.put("timestamp", instant.getEpochSecond());
    event.put("occurred_at", instant);
    event.put("event_date", LocalDate.ofInstant(instant, ZoneOffset.UTC));
    for (String flag : flags) {
      event.put(flag, true);
    }
    event.put(
        "is_machine",
        MachineActivity.isMachine(
            (Boolean) event.get("machine"), (Boolean) event.get("prefetched")));
    events.add(event);
    return arriving(instant.plusSeconds(2));
  }

  DeliveryStory click(String time, long link, String href, String... flags) {
    return at(time, "clicked", flags).and("link_id", link).and("href", href);
  }

  DeliveryStory failure(String time, String metric, String message) {
    return at(time, metric).and("failure_message", message);
  }

  /// Sets what the last event alone says.
  DeliveryStory and(String column, Object value) {
    events.getLast().put(column, value);
    return this;
  }

  /// The last event arrived at another time than two seconds after it happened.
  DeliveryStory arriving(String time) {
    return arriving(OffsetDateTime.parse(time).toInstant());
  }

  private DeliveryStory arriving(Instant time) {
    return and("received_at", time).and("processed_at", time.plusSeconds(3));
  }

  /// The last event came a second time, with the same id.
  DeliveryStory again() {
    events.add(new LinkedHashMap<>(events.getLast()));
    return this;
  }

  List<Row> rows() {
    return events.stream().map(this::row).toList();
  }

  private Row row(Map<String, Object> event) {
    Row.Builder row = Row.in(channel.table());
    always.forEach(row::set);
    event.forEach(row::set);
    return row.build();
  }
}
