package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which messages to list; null takes all.
///
/// @param recipient whom they were sent to, by any provider and on any channel; phone numbers and
///   addresses may be written in any usual way
/// @param createdFrom inclusive
/// @param createdTo exclusive
public record MessageFilter(
    @Nullable String recipient,
    @Nullable String userId,
    @Nullable String messageType,
    @Nullable Channel channel,
    @Nullable MessageStatus status,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo) {
  public static final MessageFilter ALL =
      new MessageFilter(null, null, null, null, null, null, null);

  /// The timeline of a recipient.
  public static MessageFilter to(String recipient) {
    return new MessageFilter(recipient, null, null, null, null, null, null);
  }

  /// The values may be about a person.
  @Override
  public String toString() {
    return "MessageFilter";
  }
}
