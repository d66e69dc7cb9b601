package dev.hooklake.sources.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.MachineActivity;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fills one row of a channel table from an event's fields and writes into `extra` whatever no
/// column took, so that nothing is dropped.
public final class EventRow {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(?:\\.[0-9]{1,30})?");

  private final Table table;
  private final ObjectNode fields;
  private final ObjectNode left;
  private final Row.Builder row;

  /// `fields` is only read.
  public EventRow(Table table, ObjectNode fields) {
    this.table = table;
    this.fields = fields;
    this.left = fields.deepCopy();
    this.row = Row.in(table);
  }

  /// Moves the first of these fields that fits into the column. A field that does not fit, or whose
  /// column this table lacks, stays in `extra`.
  public EventRow take(String column, String... pointers) {
    for (String pointer : pointers) {
      if (take(column, FieldPath.of(pointer))) {
        return this;
      }
    }
    return this;
  }

  /// Whether the field was moved.
  public boolean take(String column, FieldPath path) {
    JsonNode node = path.in(fields);
    if (table.has(column) && saysNothing(node)) {
      path.removeFrom(left);
      return false;
    }
    Optional<Object> value = fitting(column, node);
    value.ifPresent(fit -> {
      row.set(column, fit);
      path.removeFrom(left);
    });
    return value.isPresent();
  }

  /// Sets a column to something that is not simply one of the fields.
  public EventRow set(String column, @Nullable Object value) {
    row.set(column, value);
    return this;
  }

  /// Sets a column from text; whether the table has it and the text fits.
  public boolean setText(String column, String text) {
    Optional<Object> value = fitting(column, left.textNode(text));
    value.ifPresent(fit -> row.set(column, fit));
    return value.isPresent();
  }

  /// Leaves plain values out of `extra`, because the row says the same elsewhere.
  public EventRow drop(String... pointers) {
    for (String pointer : pointers) {
      FieldPath path = FieldPath.of(pointer);
      if (path.in(fields).isValueNode()) {
        path.removeFrom(left);
      }
    }
    return this;
  }

  /// Leaves a field out of `extra` whatever it holds, because columns say all of it.
  public EventRow remove(String pointer) {
    FieldPath.of(pointer).removeFrom(left);
    return this;
  }

  public Row build(SourceEvent event, Instant occurredAt, Instant processedAt) {
    prune(left);
    return row.set("event_id", event.eventKey())
        .set("source", event.source())
        .set("timestamp", occurredAt.getEpochSecond())
        .set("occurred_at", occurredAt)
        .set("received_at", event.receivedAt())
        .set("processed_at", processedAt)
        .set("origin", event.origin().label())
        .set("is_machine", MachineActivity.isMachine(flag("machine"), flag("prefetched")))
        .set("extra", left.isEmpty() ? null : Json.write(left))
        .set("event_date", LocalDate.ofInstant(occurredAt, ZoneOffset.UTC))
        .build();
  }

  private @Nullable Boolean flag(String column) {
    return table.has(column) ? (Boolean) row.value(column) : null;
  }

  private static boolean saysNothing(JsonNode node) {
    return node.isNull() || (node.isTextual() && node.asText().isEmpty());
  }

  private Optional<Object> fitting(String column, JsonNode node) {
    if (!table.has(column) || node.isMissingNode() || saysNothing(node)) {
      return Optional.empty();
    }
    Column target = table.columns().get(table.position(column));
    return Optional.ofNullable(value(target.type(), node));
  }

  private static @Nullable Object value(ColumnType type, JsonNode node) {
    String text = node.asText();
    return switch (type) {
      case STRING -> node.isContainerNode() ? Json.write(node) : text;
      case LONG -> WHOLE_NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : null;
      case INTEGER -> null; // no channel table has one that a provider fills
      case DOUBLE -> NUMBER.matcher(text).matches() ? (Object) Double.valueOf(text) : null;
      case BOOLEAN ->
          text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : null;
      case TIMESTAMP, DATE -> null; // derived, never taken as they are
    };
  }

  /// Objects that were emptied say nothing any more.
  private static void prune(ObjectNode object) {
    object.forEach(member -> {
      if (member instanceof ObjectNode inner) {
        prune(inner);
      }
    });
    object.removeIf(member -> member instanceof ObjectNode && member.isEmpty());
  }
}
