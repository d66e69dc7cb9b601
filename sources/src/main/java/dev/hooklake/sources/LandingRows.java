package dev.hooklake.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns an accepted event into its row of the landing table and back, without loss, and an event
/// that is not understood into its row of quarantine.
public final class LandingRows {
  private static final String TEXT = "utf-8";
  private static final String BYTES = "base64";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

  private LandingRows() {}

  public static Row landing(SourceEvent event, long sequence) {
    String text = strictUtf8(event.body().unsafeBytes());
    return Row.in(Tables.LANDING)
        .set("source", event.source())
        .set("event_key", event.eventKey())
        .set("received_at", event.receivedAt())
        .set("path", event.path())
        .set("headers", json(event.headers()))
        .set("content_type", absentWhenEmpty(event.contentType()))
        .set("body", text != null ? text : base64(event.body()))
        .set("body_encoding", text != null ? TEXT : BYTES)
        .set("journal_position", sequence)
        .set("date_partition", utcDate(event.receivedAt()))
        .build();
  }

  public static Row quarantine(
      SourceEvent event, long sequence, Decoding.NotUnderstood why, Instant quarantinedAt) {
    return Row.in(Tables.QUARANTINE)
        .set("source", event.source())
        .set("event_key", event.eventKey())
        .set("reason", why.reason().name())
        .set("message", why.message())
        .set("received_at", event.receivedAt())
        .set("quarantined_at", quarantinedAt)
        .set("journal_position", sequence)
        .set("content_type", absentWhenEmpty(event.contentType()))
        .set("date_partition", utcDate(event.receivedAt()))
        .build();
  }

  /// The event a landing row was made from, for a replay.
  public static SourceEvent event(Row landing) {
    String contentType = (String) landing.value("content_type");
    return new SourceEvent(
        text(landing, "source"),
        text(landing, "event_key"),
        (Instant) required(landing, "received_at"),
        text(landing, "path"),
        headers(text(landing, "headers")),
        contentType == null ? "" : contentType,
        body(text(landing, "body"), text(landing, "body_encoding")));
  }

  private static LocalDate utcDate(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private static @Nullable String absentWhenEmpty(String value) {
    return value.isEmpty() ? null : value;
  }

  /// Null when the bytes are not valid UTF-8, so that decoding them would change them.
  private static @Nullable String strictUtf8(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    // The fast decoder marks what it cannot read; only then may the text differ from the bytes.
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String base64(Payload body) {
    return Base64.getEncoder().encodeToString(body.unsafeBytes());
  }

  private static Payload body(String text, String encoding) {
    return switch (encoding) {
      case TEXT -> Payload.of(text);
      case BYTES -> Payload.wrap(Base64.getDecoder().decode(text));
      default ->
          throw new IllegalArgumentException("body_encoding is " + encoding + ", not one we write");
    };
  }

  private static String json(Headers headers) {
    try {
      return JSON.writeValueAsString(headers.values());
    } catch (JacksonException e) {
      throw new IllegalStateException("header names and values are text, which JSON can hold", e);
    }
  }

  private static Headers headers(String json) {
    try {
      return new Headers(JSON.readValue(json, HEADERS));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("headers of a landing row are not a JSON object", e);
    }
  }

  private static String text(Row row, String column) {
    return (String) required(row, column);
  }

  private static Object required(Row row, String column) {
    Object value = row.value(column);
    if (value == null) {
      throw new IllegalArgumentException("a landing row needs " + column);
    }
    return value;
  }
}
