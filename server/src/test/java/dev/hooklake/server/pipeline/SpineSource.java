package dev.hooklake.server.pipeline;

import static java.time.ZoneOffset.UTC;

import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Events whose body is a number that no other event has; what they mean follows from it.
final class SpineSource implements Source {
  static final String NAME = "numbers";

  static SourceEvent event(String key, long number, Instant receivedAt) {
    return new SourceEvent(
        NAME, key, receivedAt, "/numbers", Headers.NONE, "", Payload.of(Long.toString(number)));
  }

  static long number(SourceEvent event) {
    return Long.parseLong(event.body().utf8());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Decoding decode(SourceEvent event, Instant processedAt) {
    long number = number(event);
    return switch ((int) (number % 5)) {
      case 0 -> new Decoding.NotUnderstood(Decoding.Reason.NOT_JSON, "every fifth is no email");
      case 1 -> new Decoding.Understood(row(Tables.events(Channel.SMS), event, processedAt));
      default -> new Decoding.Understood(row(Tables.events(Channel.EMAIL), event, processedAt));
    };
  }

  private static Row row(Table table, SourceEvent event, Instant processedAt) {
    return Row.in(table)
        .set("event_id", event.eventKey())
        .set("source", NAME)
        .set("object_type", "number")
        .set("metric", "sent")
        .set("timestamp", number(event))
        .set("occurred_at", event.receivedAt())
        .set("received_at", event.receivedAt())
        .set("processed_at", processedAt)
        .set("is_machine", false)
        .set("event_date", LocalDate.ofInstant(event.receivedAt(), UTC))
        .build();
  }

  @Override
  public Verification verify(Delivery delivery) {
    throw new UnsupportedOperationException("the simulation begins behind the signature");
  }

  @Override
  public List<SourceEvent> split(Delivery delivery) {
    throw new UnsupportedOperationException("the simulation begins behind the signature");
  }

  @Override
  public Answer refused(Verification.Refused refusal) {
    throw new UnsupportedOperationException("the simulation begins behind the signature");
  }

  @Override
  public Answer accepted(int stored, int duplicates) {
    throw new UnsupportedOperationException("the simulation begins behind the signature");
  }
}
