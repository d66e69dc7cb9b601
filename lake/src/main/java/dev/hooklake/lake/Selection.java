package dev.hooklake.lake;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import java.util.BitSet;
import java.util.Optional;

/// Which rows of a batch count. Kernel uses one buffer for the selections of all batches of a
/// checkpoint, so a batch that is to outlive the next one needs its own.
final class Selection implements ColumnVector {
  private final BitSet selected;
  private final int size;

  private Selection(BitSet selected, int size) {
    this.selected = selected;
    this.size = size;
  }

  static FilteredColumnarBatch of(ColumnarBatch batch, BitSet selected) {
    return new FilteredColumnarBatch(batch, Optional.of(new Selection(selected, batch.getSize())));
  }

  /// The same batch, with a selection that is its own.
  static FilteredColumnarBatch keep(FilteredColumnarBatch batch) {
    return new FilteredColumnarBatch(
        batch.getData(), batch.getSelectionVector().map(Selection::copyOf));
  }

  private static ColumnVector copyOf(ColumnVector selection) {
    var selected = new BitSet(selection.getSize());
    for (int i = 0; i < selection.getSize(); i++) {
      selected.set(i, !selection.isNullAt(i) && selection.getBoolean(i));
    }
    return new Selection(selected, selection.getSize());
  }

  @Override
  public DataType getDataType() {
    return BooleanType.BOOLEAN;
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public boolean getBoolean(int row) {
    return selected.get(row);
  }

  @Override
  public void close() {}
}
