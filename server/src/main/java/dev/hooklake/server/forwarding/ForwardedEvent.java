package dev.hooklake.server.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.server.pipeline.RowJson;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An event as destinations get it: `{"type": "email.opened", "timestamp": ..., "data": {...}}`,
/// where data is its row.
///
/// @param key unique within its source
/// @param document what is sent
record ForwardedEvent(
    String source, String key, String channel, String metric, ObjectNode document) {
  /// What may stand in a header and in the signed content, whose parts are set apart by dots.
  private static final Pattern CLEAN = Pattern.compile("[A-Za-z0-9_:@+=/-]{1,200}");

  static Optional<ForwardedEvent> of(Row row) {
    return channel(row).map(channel -> of(channel, row));
  }

  private static ForwardedEvent of(Channel channel, Row row) {
    String metric = text(row, "metric");
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("type", channel.label() + "." + metric);
    document.put("timestamp", String.valueOf(row.value("occurred_at")));
    document.set("data", RowJson.of(row));
    return new ForwardedEvent(
        text(row, "source"), text(row, "event_id"), channel.label(), metric, document);
  }

  /// The same for every attempt, and different from that of any other event of any source.
  String webhookId() {
    return webhookId(source, key);
  }

  static String webhookId(String source, String key) {
    return bounded(source + ":" + key);
  }

  /// What events are sent in the order of; null when nothing stands there.
  @Nullable String orderingKey(JsonPointer place) {
    String text = document.at(place).asText(null);
    return text == null ? null : bounded(text);
  }

  private static String bounded(String text) {
    return CLEAN.matcher(text).matches() ? text : "sha256:" + digest(text);
  }

  /// The ids only: an event holds personal data.
  @Override
  public String toString() {
    return "ForwardedEvent[" + source + " " + channel + "." + metric + "]";
  }

  private static Optional<Channel> channel(Row row) {
    for (Channel channel : Channel.values()) {
      if (row.table().equals(channel.table())) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }

  private static String text(Row row, String column) {
    return String.valueOf(Objects.requireNonNull(row.value(column)));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
