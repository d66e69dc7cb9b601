package dev.hooklake.server.tracking;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// What a test lets a provider report: one event of one message.
record Fact(
    ExternalId externalId, Channel channel, String metric, Instant at, @Nullable String reason) {

  static Fact of(ExternalId externalId, String metric, Instant at) {
    return new Fact(externalId, Channel.EMAIL, metric, at, null);
  }

  Fact because(String why) {
    return new Fact(externalId, channel, metric, at, why);
  }

  /// The same to the second, as another source tells it.
  Fact reportedBy(String source) {
    return new Fact(
        new ExternalId(source, externalId.id()), channel, metric, at.truncatedTo(SECONDS), reason);
  }

  StatusEvent event() {
    return StatusEvent.of(row().build()).orElseThrow();
  }

  Row.Builder row() {
    return Row.in(channel.table())
        .set("event_id", externalId.id() + metric + at)
        .set("source", externalId.source())
        .set("object_type", channel.label())
        .set("metric", metric)
        .set("timestamp", at.getEpochSecond())
        .set("occurred_at", at)
        .set("received_at", at)
        .set("processed_at", at)
        .set("delivery_id", externalId.id())
        .set("failure_message", reason)
        .set("is_machine", false)
        .set("event_date", LocalDate.ofInstant(at, ZoneOffset.UTC));
  }
}
