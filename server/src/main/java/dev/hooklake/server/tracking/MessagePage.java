package dev.hooklake.server.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.operations.EpochMicros;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some messages, newest first.
///
/// @param next asks for the page after this one; null when this is the last
public record MessagePage(List<Message> messages, @Nullable Cursor next) {
  public static final int MAX_LIMIT = 500;

  public MessagePage {
    messages = List.copyOf(messages);
  }

  /// How many messages, and after which; null starts with the newest.
  public record Request(int limit, @Nullable Cursor after) {
    public Request {
      if (limit < 1 || limit > MAX_LIMIT) {
        throw new IllegalArgumentException("limit is " + limit + "; give 1 to " + MAX_LIMIT);
      }
    }
  }

  /// The last message of a page: the next page goes on behind it, whatever was added meanwhile.
  public record Cursor(long createdAtMicros, String messageId) {

    static Cursor at(Message message) {
      return new Cursor(EpochMicros.of(message.times().created()), message.id());
    }

    public static Cursor parse(String text) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        int colon = plain.indexOf(':');
        return new Cursor(Long.parseLong(plain.substring(0, colon)), plain.substring(colon + 1));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("the cursor is not one that a page gave", e);
      }
    }

    public String text() {
      byte[] plain = (createdAtMicros + ":" + messageId).getBytes(UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
  }
}
