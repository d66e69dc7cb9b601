package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one event says of one outgoing message.
///
/// @param reference our own id of the message, where the provider gave it back
/// @param status null for an event that only tells of an action, such as a complaint
record StatusEvent(
    ExternalId externalId,
    Channel channel,
    @Nullable String recipientKey,
    @Nullable String reference,
    String metric,
    @Nullable MessageStatus status,
    @Nullable Action action,
    Times times,
    Failure failure,
    @Nullable Cost cost) {
  private static final int MAX_TEXT = 1_000;

  /// When it happened, by the provider's clock, and when we heard of it.
  record Times(Instant occurred, Instant received) {}

  /// Code and reason as the provider gives them.
  record Failure(@Nullable String code, @Nullable String reason) {}

  /// Empty for rows that tell nothing of an outgoing message: other events, messages from persons,
  /// and what machines opened or clicked, which is no sign of a reader.
  static Optional<StatusEvent> of(Row row) {
    Channel channel = channel(row);
    String source = text(row, "source");
    String id = text(row, "delivery_id");
    if (channel == null || source == null || id == null || !ExternalId.usable(source, id)) {
      return Optional.empty();
    }
    String metric = Objects.requireNonNull(text(row, "metric"));
    String bounceType = Objects.requireNonNullElse(text(row, "bounce_type"), "");
    MessageStatus status = MessageStatus.of(metric).orElse(null);
    Action action = Action.of(metric, bounceType).orElse(null);
    if ((status == null && action == null) || aside(row)) {
      return Optional.empty();
    }
    return Optional.of(
        new StatusEvent(
            new ExternalId(source, id),
            channel,
            Recipient.key(first(row, "recipient", "email_address")),
            text(row, "message_ref"),
            metric,
            status,
            action,
            new Times(time(row, "occurred_at"), time(row, "received_at")),
            failure(row, status, bounceType),
            cost(row)));
  }

  /// The ids only: an event holds personal data.
  @Override
  public String toString() {
    return "StatusEvent[" + externalId + " " + metric + "]";
  }

  Instant occurredAt() {
    return times.occurred();
  }

  Instant receivedAt() {
    return times.received();
  }

  @Nullable Instant at(MessageStatus wanted) {
    return status == wanted ? occurredAt() : null;
  }

  @Nullable Instant failedAt() {
    return status != null && status.failure() ? occurredAt() : null;
  }

  @Nullable Instant complainedAt() {
    return metric.equals(Action.COMPLAINT) ? occurredAt() : null;
  }

  private static @Nullable Channel channel(Row row) {
    for (Channel channel : Channel.values()) {
      if (row.table().equals(channel.table())) {
        return channel;
      }
    }
    return null;
  }

  private static boolean aside(Row row) {
    return "inbound".equals(text(row, "direction")) || Boolean.TRUE.equals(row.value("is_machine"));
  }

  private static Failure failure(Row row, @Nullable MessageStatus status, String bounceType) {
    if (status == null || !status.failure()) {
      return new Failure(null, null);
    }
    String code = text(row, "error_code");
    if (code == null && !bounceType.isEmpty()) {
      String subtype = text(row, "bounce_subtype");
      code = subtype == null ? bounceType : bounceType + "/" + subtype;
    }
    return new Failure(code, text(row, "failure_message"));
  }

  /// Providers write what they charge as a negative number, or a positive one.
  private static @Nullable Cost cost(Row row) {
    if (!(value(row, "price") instanceof Double price) || !(Math.abs(price) < 1e9)) {
      return null;
    }
    String currency = Objects.requireNonNullElse(text(row, "price_currency"), "");
    return new Cost(BigDecimal.valueOf(Math.abs(price)), currency.length() > 3 ? "" : currency);
  }

  private static Instant time(Row row, String column) {
    return (Instant) Objects.requireNonNull(row.value(column));
  }

  private static @Nullable String first(Row row, String column, String otherwise) {
    String text = text(row, column);
    return text == null ? text(row, otherwise) : text;
  }

  /// PostgreSQL takes no NUL in a text, and nobody bounds what a provider writes.
  private static @Nullable String text(Row row, String column) {
    String text = (String) value(row, column);
    if (text == null) {
      return null;
    }
    String clean = text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
  }

  /// Not every channel has every column.
  private static @Nullable Object value(Row row, String column) {
    return row.table().has(column) ? row.value(column) : null;
  }
}
