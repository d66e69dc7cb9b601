package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A registered message and what became of it.
///
/// @param statusAt when the current status was reported to have begun
/// @param cost the largest amount heard; null when none was
/// @param actionTaken for example `clicked_link`, `marked_as_spam`, `email_bounced_Permanent`
/// @param failure null when no failure was reported; kept when a later status is better
public record Message(
    String id,
    @Nullable String userId,
    @Nullable String messageType,
    Channel channel,
    @Nullable String recipient,
    MessageStatus status,
    Instant statusAt,
    Times times,
    @Nullable Cost cost,
    @Nullable String actionTaken,
    @Nullable Failure failure,
    List<ExternalId> externalIds) {
  public Message {
    externalIds = List.copyOf(externalIds);
  }

  /// When each thing happened first; null for what was not reported.
  public record Times(
      Instant created,
      @Nullable Instant sent,
      @Nullable Instant delivered,
      @Nullable Instant opened,
      @Nullable Instant clicked,
      @Nullable Instant failed,
      @Nullable Instant complained) {}

  /// Why it did not arrive.
  ///
  /// @param code as the provider gives it
  /// @param reason as the provider gives it
  /// @param meaning what the code means, where the table of codes has it
  public record Failure(
      @Nullable String code, @Nullable String reason, ErrorCodes.@Nullable Meaning meaning) {}

  /// Both a delivery and a failure were reported: ask the provider which holds.
  public boolean contradictory() {
    return times.delivered() != null && times.failed() != null;
  }

  /// Id and status only: the rest is about a person.
  @Override
  public String toString() {
    return "Message[" + id + " " + status.label() + "]";
  }
}
