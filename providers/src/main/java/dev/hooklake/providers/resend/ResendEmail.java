package dev.hooklake.providers.resend;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An email as Resend lists it: with the last thing that happened to it, without when it did or
/// what happened before.
public record ResendEmail(
    String id,
    @Nullable String from,
    List<String> to,
    @Nullable String subject,
    String lastEvent,
    Instant created) {
  /// `2026-10-28 14:07:41.123456+00`, or ISO 8601.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  public ResendEmail {
    to = List.copyOf(to);
  }

  static ResendEmail of(JsonNode json) {
    JsonNode to = json.path("to");
    return new ResendEmail(
        json.path("id").asText(),
        text(json, "from"),
        to.isArray()
            ? StreamSupport.stream(to.spliterator(), false).map(JsonNode::asText).toList()
            : to.isTextual() ? List.of(to.asText()) : List.of(),
        text(json, "subject"),
        json.path("last_event").asText(),
        time(json.path("created_at").asText()));
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() ? value.asText() : null;
  }

  private static Instant time(String text) {
    try {
      return TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /// An email is personal data but for this.
  @Override
  public String toString() {
    return "ResendEmail[" + id + ", " + lastEvent + "]";
  }
}
