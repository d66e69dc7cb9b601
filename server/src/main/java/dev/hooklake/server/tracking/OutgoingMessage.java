package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A message as whoever sends it registers it. Only id and channel are needed; what is missing can
/// be added by registering the message again.
///
/// @param id our own id of the message
/// @param userId whom it is for, in our words
/// @param messageType what it is about, for example `low_balance`
/// @param createdAt when it was handed to the provider; null means now
public record OutgoingMessage(
    String id,
    @Nullable String userId,
    @Nullable String messageType,
    Channel channel,
    @Nullable String recipient,
    @Nullable Cost cost,
    @Nullable Instant createdAt,
    List<ExternalId> externalIds) {
  /// What comes back in a callback URL, a tag or a header without being changed.
  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private static final int MAX_TEXT = 320;
  private static final int MAX_EXTERNAL_IDS = 20;

  public OutgoingMessage {
    externalIds = List.copyOf(externalIds);
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a message id has 1 to 128 printable characters, no blanks");
    }
    requireShort("user id", userId);
    requireShort("message type", messageType);
    requireShort("recipient", recipient);
    if (externalIds.size() > MAX_EXTERNAL_IDS) {
      throw new IllegalArgumentException(
          "a message has at most " + MAX_EXTERNAL_IDS + " external ids");
    }
  }

  /// The id only: the rest is about a person.
  @Override
  public String toString() {
    return "OutgoingMessage[" + id + "]";
  }

  private static void requireShort(String what, @Nullable String text) {
    if (text != null && (text.length() > MAX_TEXT || text.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException(
          what + " has at most " + MAX_TEXT + " characters, none of them NUL");
    }
  }
}
