package dev.hooklake.server.fake;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.server.pipeline.BatchTarget;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A lake in memory, with the rule that matters: a batch that is there already changes nothing.
public final class MemoryLake implements BatchTarget {
  public volatile boolean unreachable;

  /// Said instead of committing.
  public volatile @Nullable CommitOutcome answer;

  /// The rows are stored, but the answer is `Failed`: the lost answer.
  public volatile boolean answerLost;

  /// Commits wait here when it is set.
  public volatile CountDownLatch gate = new CountDownLatch(0);

  public final List<Batch> attempts = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private long landedThrough;

  @Override
  public synchronized long landedThrough() throws IOException {
    if (unreachable) {
      throw new IOException("injected: no route to the lake");
    }
    return landedThrough;
  }

  @Override
  public CommitOutcome commit(Batch batch) throws InterruptedException {
    gate.await();
    return store(batch);
  }

  private synchronized CommitOutcome store(Batch batch) {
    attempts.add(batch);
    CommitOutcome given = answer;
    if (given != null) {
      return given;
    }
    if (unreachable) {
      return new CommitOutcome.Failed("injected: no route to the lake");
    }
    for (SequencedRow row : batch.rows()) {
      if (row.sequence() > landedThrough) {
        rows.add(row.row());
      }
    }
    landedThrough = Math.max(landedThrough, batch.lastSequence());
    return answerLost
        ? new CommitOutcome.Failed("injected: answer lost")
        : new CommitOutcome.Committed(batch.lastSequence());
  }

  public synchronized List<Row> rows(Table table) {
    return rows.stream().filter(row -> row.table().equals(table)).toList();
  }
}
