package dev.hooklake.server.sinks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.server.pipeline.RowJson;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as warehouses get it.
///
/// @param eventId unique within the source
/// @param eventType channel and metric, as in `email.opened`
/// @param timestamp when it happened
/// @param insertedAt when it was first sent to the sink
/// @param event the whole row of the channel table, as JSON
record SinkRow(
    String source,
    String eventId,
    String eventType,
    @Nullable String customerId,
    @Nullable String emailAddress,
    @Nullable Long campaignId,
    @Nullable String deliveryId,
    Instant timestamp,
    Instant insertedAt,
    String event) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Optional<SinkRow> of(Row row, Instant now) {
    for (Channel channel : Channel.values()) {
      if (row.table().equals(channel.table())) {
        return Optional.of(of(channel, row, now));
      }
    }
    return Optional.empty();
  }

  private static SinkRow of(Channel channel, Row row, Instant now) {
    return new SinkRow(
        String.valueOf(row.value("source")),
        String.valueOf(row.value("event_id")),
        channel.label() + "." + row.value("metric"),
        text(row, "customer_id"),
        text(row, "email_address"),
        row.table().has("campaign_id") ? (Long) row.value("campaign_id") : null,
        text(row, "delivery_id"),
        (Instant) Objects.requireNonNull(row.value("occurred_at")),
        now,
        RowJson.of(row).toString());
  }

  /// One that was made before, from its JSON.
  static SinkRow of(String eventType, String event, Instant now) {
    JsonNode row = parsed(event);
    JsonNode campaign = row.get("campaign_id");
    return new SinkRow(
        row.path("source").asText(),
        row.path("event_id").asText(),
        eventType,
        row.path("customer_id").asText(null),
        row.path("email_address").asText(null),
        campaign == null ? null : campaign.asLong(),
        row.path("delivery_id").asText(null),
        Instant.parse(row.path("occurred_at").asText()),
        now,
        event);
  }

  private static JsonNode parsed(String event) {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row that we wrote ourselves is JSON", e);
    }
  }

  /// The value of a column.
  @Nullable Object value(SinkColumn column) {
    return switch (column) {
      case SOURCE -> source;
      case EVENT_ID -> eventId;
      case EVENT_TYPE -> eventType;
      case CUSTOMER_ID -> customerId;
      case EMAIL_ADDRESS -> emailAddress;
      case CAMPAIGN_ID -> campaignId;
      case DELIVERY_ID -> deliveryId;
      case TIMESTAMP -> timestamp;
      case INSERTED_AT -> insertedAt;
      case EVENT -> event;
    };
  }

  private static @Nullable String text(Row row, String column) {
    return row.table().has(column) ? (String) row.value(column) : null;
  }

  /// The ids only: an event holds personal data.
  @Override
  public String toString() {
    return "SinkRow[" + source + " " + eventType + "]";
  }
}
