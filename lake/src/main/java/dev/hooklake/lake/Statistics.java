package dev.hooklake.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.List;
import java.util.Set;

/// Which columns get a smallest and a largest value for each file, so that a query can skip files.
///
/// All but text, and of text only what is short, comes in an order or repeats, and names no person:
/// the values stand in the table's log, where an erasure could not reach an email address, and the
/// range of a message body would only make the log large.
final class Statistics {
  private static final Set<String> TEXT =
      Set.of("source", "event_id", "event_key", "object_type", "metric", "delivery_id", "reason");

  private Statistics() {}

  static List<Column> columns(Snapshot snapshot) {
    return columns(snapshot.getSchema(), Set.copyOf(snapshot.getPartitionColumnNames()));
  }

  static List<Column> columns(StructType schema, Set<String> partition) {
    return schema.fields().stream()
        .filter(field -> !partition.contains(field.getName()))
        .filter(field -> !(field.getDataType() instanceof StringType) || isSkippable(field))
        .map(field -> new Column(field.getName()))
        .toList();
  }

  private static boolean isSkippable(StructField field) {
    return TEXT.contains(field.getName());
  }
}
