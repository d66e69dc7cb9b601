package dev.hooklake.lake;

import dev.hooklake.sources.event.Column;
import dev.hooklake.sources.event.ColumnType;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Our tables as Delta schemas.
///
/// Every column may be null in Delta, also those we always fill: a column that is required here may
/// be added to a table that already has rows, and a NOT NULL column can never be.
final class DeltaSchema {
  private DeltaSchema() {}

  static StructType of(Table table) {
    var schema = new StructType();
    for (Column column : table.columns()) {
      schema = schema.add(field(column));
    }
    return schema;
  }

  /// The schema that an existing table needs to take our rows: itself when nothing is missing.
  ///
  /// @throws TableRefused when a column has another type than ours
  static StructType merge(StructType existing, Table table) {
    StructType merged = existing;
    for (Column column : table.columns()) {
      StructField field = fieldIgnoringCase(existing, column.name());
      if (field == null) {
        merged = merged.add(field(column));
      } else {
        requireSame(table, column, field);
      }
    }
    return requireFilled(table, merged);
  }

  static DataType type(ColumnType type) {
    return switch (type) {
      case STRING -> StringType.STRING;
      case INTEGER -> IntegerType.INTEGER;
      case LONG -> LongType.LONG;
      case DOUBLE -> DoubleType.DOUBLE;
      case BOOLEAN -> BooleanType.BOOLEAN;
      case TIMESTAMP -> TimestampType.TIMESTAMP;
      case DATE -> DateType.DATE;
    };
  }

  private static StructField field(Column column) {
    FieldMetadata comment = FieldMetadata.builder().putString("comment", column.comment()).build();
    return new StructField(column.name(), type(column.type()), true, comment);
  }

  private static @Nullable StructField fieldIgnoringCase(StructType schema, String name) {
    return schema.fields().stream()
        .filter(field -> field.getName().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private static void requireSame(Table table, Column column, StructField field) {
    if (!field.getName().equals(column.name())) {
      throw new TableRefused(
          table.name() + " has a column " + field.getName() + " where ours is " + column.name());
    }
    if (!field.getDataType().equals(type(column.type()))) {
      throw new TableRefused(
          "%s.%s is a %s in the lake and %s here; rename or cast that column"
              .formatted(table.name(), column.name(), field.getDataType(), type(column.type())));
    }
  }

  /// A column that is not ours stays empty in our rows, so it must be allowed to.
  private static StructType requireFilled(Table table, StructType schema) {
    Set<String> ours = table.positions().keySet();
    for (StructField field : schema.fields()) {
      if (!field.isNullable() && !ours.contains(field.getName())) {
        throw new TableRefused(
            "%s.%s is NOT NULL in the lake and unknown here; drop that constraint"
                .formatted(table.name(), field.getName()));
      }
    }
    return schema;
  }
}
