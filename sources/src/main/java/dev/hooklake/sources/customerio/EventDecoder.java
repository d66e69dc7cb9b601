package dev.hooklake.sources.customerio;

import static dev.hooklake.sources.Decoding.Reason.FIELD_UNUSABLE;
import static dev.hooklake.sources.Decoding.Reason.METRIC_MISSING;
import static dev.hooklake.sources.Decoding.Reason.NOT_AN_OBJECT;
import static dev.hooklake.sources.Decoding.Reason.NOT_JSON;
import static dev.hooklake.sources.Decoding.Reason.OBJECT_TYPE_UNKNOWN;
import static dev.hooklake.sources.Decoding.Reason.TIMESTAMP_UNUSABLE;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.EventBody.Place;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads an event: its kind, its time, and then every member into a row. What stands in the way is
/// named; a field of an unexpected type never is, since the row can do without it.
final class EventDecoder {
  private static final NotUnderstood NO_JSON =
      new NotUnderstood(NOT_JSON, "the body is not one JSON text");
  private static final NotUnderstood BEYOND_LIMITS =
      new NotUnderstood(
          FIELD_UNUSABLE,
          "the body goes beyond a limit: %d levels, %d digits a number, %d characters a name"
              .formatted(Json.MAX_DEPTH, Json.MAX_NUMBER_LENGTH, Json.MAX_NAME_LENGTH));
  private static final NotUnderstood NO_OBJECT =
      new NotUnderstood(NOT_AN_OBJECT, "the body is JSON but not an object");
  private static final NotUnderstood NO_METRIC =
      new NotUnderstood(METRIC_MISSING, "metric must be a string that says what happened");
  private static final NotUnderstood NO_TYPE =
      new NotUnderstood(
          OBJECT_TYPE_UNKNOWN,
          "object_type must be one of customer, email, push, in_app, sms, whatsapp, slack, webhook");
  private static final NotUnderstood NO_TIME =
      new NotUnderstood(
          TIMESTAMP_UNUSABLE, "timestamp must be seconds since 1970, from the year 2000 to 9999");

  private final boolean olderShapes;

  EventDecoder(boolean olderShapes) {
    this.olderShapes = olderShapes;
  }

  Decoding decode(SourceEvent event, Instant processedAt) {
    try {
      EventBody body = EventBody.read(event.body().unsafeBytes());
      return body == null ? NO_OBJECT : understand(event, body, processedAt);
    } catch (StreamConstraintsException e) {
      return BEYOND_LIMITS;
    } catch (IOException e) {
      return NO_JSON;
    }
  }

  private Decoding understand(SourceEvent event, EventBody body, Instant processedAt) {
    String metric = EventKind.word(body.first(Place.TOP, "metric"));
    if (metric == null) {
      return NO_METRIC;
    }
    EventKind kind = kind(body, metric);
    if (kind == null) {
      return NO_TYPE;
    }
    Member timestamp = body.first(Place.TOP, "timestamp");
    Long seconds = timestamp == null ? null : EventTime.seconds(timestamp);
    if (seconds == null) {
      return NO_TIME;
    }
    Fields fields = olderShapes ? Fields.WITH_OLDER : Fields.CURRENT;
    return new Understood(new EventRow(event, body, kind, fields).fill(seconds, processedAt));
  }

  private @Nullable EventKind kind(EventBody body, String metric) {
    EventKind joined = olderShapes ? EventKind.ofJoined(metric) : null;
    return joined != null ? joined : EventKind.of(body, metric);
  }
}
