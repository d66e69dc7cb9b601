package dev.hooklake.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.utils.CloseableIterator;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path directory;
  private LakeEngine engine;
  private Snapshot snapshot;

  @BeforeEach
  void commitSomething() throws Exception {
    try (Lake lake = new LakeUnderTest(directory).open()) {
      lake.commit(TestTables.batch(1, 10));
      lake.commit(TestTables.batch(11, 20));
    }
    LakeSettings settings = LakeSettings.in(directory);
    var writer = new WriterName(UUID.randomUUID(), UUID.randomUUID());
    engine = new LakeEngine(LakeStorage.open(settings, writer));
    snapshot = TableManager.loadSnapshot(settings.rootPath() + "/webhook_landing").build(engine);
  }

  @Test
  void aCheckpointWhoseRowsFailToArriveIsNotWritten() throws Exception {
    Path checkpoint = directory.resolve("webhook_landing/_delta_log/1.checkpoint.parquet");

    try (CloseableIterator<FilteredColumnarBatch> rows =
        new FailingAfterFirst(snapshot.getCreateCheckpointIterator(engine))) {
      assertThatThrownBy(() ->
              engine.getParquetHandler().writeParquetFileAtomically("file:" + checkpoint, rows))
          .hasMessage("injected: no more rows");
    }

    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void aCheckpointHoldsEveryFileOfEveryCommit() throws Exception {
    snapshot.writeCheckpoint(engine);

    assertThat(
            DuckDb.rows(
                "SELECT count(*) FROM read_parquet('"
                    + directory
                    + "/webhook_landing/_delta_log/*.checkpoint.parquet')"
                    + " WHERE add IS NOT NULL"))
        .containsExactly("2");
  }

  private static final class FailingAfterFirst implements CloseableIterator<FilteredColumnarBatch> {
    private final CloseableIterator<FilteredColumnarBatch> rows;
    private boolean first = true;

    FailingAfterFirst(CloseableIterator<FilteredColumnarBatch> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (!first) {
        throw new IllegalStateException("injected: no more rows");
      }
      return rows.hasNext();
    }

    @Override
    public FilteredColumnarBatch next() {
      first = false;
      return rows.next();
    }

    @Override
    public void close() throws java.io.IOException {
      rows.close();
    }
  }
}
