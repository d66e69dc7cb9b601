package dev.hooklake.providers.resend;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  public ResendEmail {
    to = List.copyOf(to);
  }

  /// Empty without an id or a time of creation.
  static Optional<ResendEmail> of(JsonNode json) {
    String id = json.path("id").asText();
    return id.isEmpty()
        ? Optional.empty()
        : time(json.path("created_at").asText()).map(created -> of(id, created, json));
  }

  private static ResendEmail of(String id, Instant created, JsonNode json) {
    JsonNode to = json.path("to");
    return new ResendEmail(
        id,
        text(json, "from"),
        to.isArray()
            ? StreamSupport.stream(to.spliterator(), false).map(JsonNode::asText).toList()
            : to.isTextual() ? List.of(to.asText()) : List.of(),
        text(json, "subject"),
        json.path("last_event").asText(),
        created);
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() ? value.asText() : null;
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// An email is personal data but for this.
  @Override
  public String toString() {
    return "ResendEmail[" + id + ", " + lastEvent + "]";
  }
}
