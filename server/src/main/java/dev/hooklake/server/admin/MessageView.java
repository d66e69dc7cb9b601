package dev.hooklake.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hooklake.server.tracking.Cost;
import dev.hooklake.server.tracking.ErrorCodes;
import dev.hooklake.server.tracking.ExternalId;
import dev.hooklake.server.tracking.Message;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as the admin API shows it. Times are ISO 8601 in UTC; what is not known is left out.
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageView(
    String id,
    @Nullable String userId,
    @Nullable String messageType,
    String channel,
    @Nullable String recipient,
    String status,
    String statusAt,
    String createdAt,
    @Nullable String sentAt,
    @Nullable String deliveredAt,
    @Nullable String openedAt,
    @Nullable String clickedAt,
    @Nullable String failedAt,
    @Nullable String complainedAt,
    @Nullable String actionTaken,
    @Nullable CostView cost,
    @Nullable FailureView failure,
    boolean contradictory,
    List<ExternalId> externalIds) {

  record CostView(BigDecimal amount, String currency) {}

  /// `kind` and `meaning` come from the table of error codes.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FailureView(
      @Nullable String code,
      @Nullable String reason,
      @Nullable String kind,
      @Nullable String meaning) {}

  static MessageView of(Message message) {
    Message.Times times = message.times();
    return new MessageView(
        message.id(),
        message.userId(),
        message.messageType(),
        message.channel().label(),
        message.recipient(),
        message.status().label(),
        message.statusAt().toString(),
        times.created().toString(),
        text(times.sent()),
        text(times.delivered()),
        text(times.opened()),
        text(times.clicked()),
        text(times.failed()),
        text(times.complained()),
        message.actionTaken(),
        cost(message.cost()),
        failure(message.failure()),
        message.contradictory(),
        message.externalIds());
  }

  private static @Nullable CostView cost(@Nullable Cost cost) {
    return cost == null ? null : new CostView(cost.amount(), cost.currency());
  }

  private static @Nullable FailureView failure(Message.@Nullable Failure failure) {
    if (failure == null) {
      return null;
    }
    ErrorCodes.Meaning meaning = failure.meaning();
    return new FailureView(
        failure.code(),
        failure.reason(),
        meaning == null ? null : meaning.kind(),
        meaning == null ? null : meaning.text());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
