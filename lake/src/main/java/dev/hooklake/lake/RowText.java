package dev.hooklake.lake;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The text of one row as an erasure looks at it; true only during the call that is given it.
public final class RowText {
  private final Map<String, ColumnVector> texts = new LinkedHashMap<>();
  private int row;

  RowText(ColumnarBatch batch) {
    for (StructField field : batch.getSchema().fields()) {
      if (field.getDataType() instanceof StringType) {
        texts.put(field.getName(), FileRows.column(batch, field.getName()));
      }
    }
  }

  void moveTo(int toRow) {
    row = toRow;
  }

  /// The columns that hold text, also those that are not ours.
  public Set<String> columns() {
    return Collections.unmodifiableSet(texts.keySet());
  }

  /// Null where the row has no value, or the table no such column of text.
  public @Nullable String value(String column) {
    ColumnVector values = texts.get(column);
    return values == null || values.isNullAt(row) ? null : values.getString(row);
  }
}
