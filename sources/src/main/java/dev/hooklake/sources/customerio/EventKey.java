package dev.hooklake.sources.customerio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.hooklake.sources.Payload;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What an event is recognised by when it comes again: its `event_id`, or the digest of its bytes
/// when it is not a whole JSON object with exactly one usable id.
///
/// The whole body is read although the id comes first: a body cut off behind its id must not take
/// the key of the intact one that follows.
final class EventKey {
  static final int MAX_LENGTH = 256;

  private EventKey() {}

  static String of(Payload body) {
    String id = null;
    try (JsonParser parser = Json.parser(body.unsafeBytes())) {
      id = eventId(parser);
    } catch (IOException e) {
      // Not JSON: the digest it is. Decoding tells why.
    }
    return id != null ? id : digest(body);
  }

  private static @Nullable String eventId(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    String id = null;
    int ids = 0;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isId = parser.currentName().equals("event_id");
      JsonToken value = parser.nextToken();
      if (isId) {
        ids++;
        id = value == JsonToken.VALUE_STRING ? parser.getText() : null;
      }
      parser.skipChildren();
    }
    boolean whole = parser.nextToken() == null;
    return whole && ids == 1 && usable(id) ? id : null;
  }

  private static boolean usable(@Nullable String id) {
    return id != null && !id.isBlank() && id.length() <= MAX_LENGTH;
  }

  private static String digest(Payload body) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(body.unsafeBytes());
      return "sha256:" + HexFormat.of().formatHex(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
