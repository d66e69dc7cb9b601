package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.List;

/// Rows of one table, shown to Kernel as columns without copying them. Columns that the lake has
/// and our table has not are all null.
final class RowBatch implements ColumnarBatch {
  private final StructType schema;
  private final List<Row> rows;

  RowBatch(StructType schema, List<Row> rows) {
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public StructType getSchema() {
    return schema;
  }

  @Override
  public int getSize() {
    return rows.size();
  }

  @Override
  public ColumnVector getColumnVector(int ordinal) {
    StructField field = schema.at(ordinal);
    Table table = rows.getFirst().table();
    int position = table.positions().getOrDefault(field.getName(), RowVector.ABSENT);
    return new RowVector(rows, position, field.getDataType());
  }

  /// Asked for by Kernel to leave the partition column out of the file.
  @Override
  public ColumnarBatch withDeletedColumnAt(int ordinal) {
    var remaining = new StructType();
    for (int i = 0; i < schema.length(); i++) {
      if (i != ordinal) {
        remaining = remaining.add(schema.at(i));
      }
    }
    return new RowBatch(remaining, rows);
  }
}
