package dev.hooklake.server.tracking;

import dev.hooklake.server.operations.EpochMicros;
import dev.hooklake.sources.event.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row of `messages`, which lacks the external ids and the meaning of the error code.
record StoredMessage(Message message) {

  static StoredMessage of(ResultSet rs) throws SQLException {
    return new StoredMessage(
        new Message(
            rs.getString("id"),
            rs.getString("user_id"),
            rs.getString("message_type"),
            Channel.of(rs.getString("channel")).orElseThrow(),
            rs.getString("recipient"),
            MessageStatus.of(rs.getString("status")).orElseThrow(),
            EpochMicros.instant(rs.getLong("status_at")),
            times(rs),
            cost(rs),
            rs.getString("action_taken"),
            failure(rs),
            List.of()));
  }

  String id() {
    return message.id();
  }

  Message with(List<ExternalId> externalIds, ErrorCodes errorCodes) {
    Message.Failure failure = message.failure();
    return new Message(
        message.id(),
        message.userId(),
        message.messageType(),
        message.channel(),
        message.recipient(),
        message.status(),
        message.statusAt(),
        message.times(),
        message.cost(),
        message.actionTaken(),
        failure == null ? null : explained(failure, externalIds, errorCodes),
        externalIds);
  }

  private static Message.Failure explained(
      Message.Failure failure, List<ExternalId> externalIds, ErrorCodes errorCodes) {
    String code = failure.code();
    if (code == null) {
      return failure;
    }
    return new Message.Failure(
        code,
        failure.reason(),
        externalIds.stream()
            .map(id -> errorCodes.meaning(id.source(), code))
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null));
  }

  private static Message.Times times(ResultSet rs) throws SQLException {
    return new Message.Times(
        Objects.requireNonNull(time(rs, "created_at")),
        time(rs, "sent_at"),
        time(rs, "delivered_at"),
        time(rs, "opened_at"),
        time(rs, "clicked_at"),
        time(rs, "failed_at"),
        time(rs, "complained_at"));
  }

  private static @Nullable Cost cost(ResultSet rs) throws SQLException {
    long micros = rs.getLong("cost_micros");
    return rs.wasNull()
        ? null
        : Cost.ofMicros(micros, Objects.requireNonNullElse(rs.getString("cost_currency"), ""));
  }

  private static Message.@Nullable Failure failure(ResultSet rs) throws SQLException {
    return time(rs, "failed_at") == null
        ? null
        : new Message.Failure(rs.getString("error_code"), rs.getString("error_reason"), null);
  }

  private static @Nullable Instant time(ResultSet rs, String column) throws SQLException {
    long micros = rs.getLong(column);
    return rs.wasNull() ? null : EpochMicros.instant(micros);
  }
}
