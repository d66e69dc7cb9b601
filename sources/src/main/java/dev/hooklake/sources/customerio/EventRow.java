package dev.hooklake.sources.customerio;

import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.EventBody.Place;
import dev.hooklake.sources.customerio.Fields.Field;
import dev.hooklake.sources.event.Channel;
import dev.hooklake.sources.event.MachineActivity;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Fills one row of a channel table: every member of the event goes into its column or into
/// `extra`, and none is lost.
final class EventRow {
  private final SourceEvent event;
  private final EventBody body;
  private final EventKind kind;
  private final Fields fields;
  private final Table table;
  private final Row.Builder row;
  private final Extra extra = new Extra();

  EventRow(SourceEvent event, EventBody body, EventKind kind, Fields fields) {
    this.event = event;
    this.body = body;
    this.kind = kind;
    this.fields = fields;
    this.table = kind.channel().table();
    this.row = Row.in(table);
  }

  Row fill(long seconds, Instant processedAt) {
    fillEnvelope(seconds, processedAt);
    for (Member member : body.members(Place.TOP)) {
      if (!told(member, seconds)) {
        extra.add(Place.TOP, member);
      }
    }
    // The person's address in data is the event's own word; the identifiers come after it.
    fillFrom(Place.DATA);
    fillFrom(Place.IDENTIFIERS);
    fillDerived();
    return row.set("extra", extra.json()).build();
  }

  private void fillEnvelope(long seconds, Instant processedAt) {
    Instant occurredAt = Instant.ofEpochSecond(seconds);
    row.set("event_id", event.eventKey())
        .set("source", event.source())
        .set("object_type", kind.objectType())
        .set("metric", kind.metric())
        .set("timestamp", seconds)
        .set("occurred_at", occurredAt)
        .set("received_at", event.receivedAt())
        .set("processed_at", processedAt)
        .set("origin", event.origin().label())
        .set("event_date", LocalDate.ofInstant(occurredAt, ZoneOffset.UTC));
  }

  /// Whether the row says already what a top-level member says.
  private boolean told(Member member, long seconds) {
    return switch (member.name()) {
      case "event_id" -> member.says(event.eventKey());
      case "object_type" -> member.says(kind.objectType());
      case "object_type_type" ->
          member.says(kind.objectType()) && body.first(Place.TOP, "object_type") == null;
      case "metric" ->
          member.says(kind.metric()) || member.says(kind.objectType() + "_" + kind.metric());
      case "timestamp" -> Long.valueOf(seconds).equals(Coercion.WHOLE_NUMBER.of(member));
      default -> false;
    };
  }

  private void fillFrom(Place place) {
    for (Member member : body.members(place)) {
      Field field = fields.field(place, member.name());
      if (field == null || !table.has(field.column()) || !fits(field, member)) {
        extra.add(place, member);
      }
    }
  }

  /// False when the column cannot take the member, or holds another value already.
  private boolean fits(Field field, Member member) {
    if (member.isNull() || member.says("")) {
      // Customer.io writes both where it has nothing to say, as for a deleted person.
      return true;
    }
    Object value = field.coercion().of(member);
    Object before = row.value(field.column());
    if (value != null && before == null) {
      row.set(field.column(), value);
      return true;
    }
    return value != null && value.equals(before);
  }

  private void fillDerived() {
    row.set("is_machine", MachineActivity.isMachine(flag("machine"), flag("prefetched")));
    if (kind.channel() == Channel.CUSTOMER && row.value("content") instanceof String content) {
      row.set("topics", Topics.of(content));
    }
  }

  private @Nullable Boolean flag(String name) {
    Member member = body.first(Place.DATA, name);
    return member == null ? null : (Boolean) Coercion.FLAG.of(member);
  }
}
