package dev.hooklake.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.replay.ReplayRange;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ReplayRunsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path directory;

  /// What it had read before would be written back afterwards.
  @Test
  @Timeout(120)
  void aReplayDoesNotBeginWhileAnErasureRemoves() {
    var copying = new ReentrantReadWriteLock(true);
    LakeSettings storage = LakeSettings.in(directory.resolve("lake"));
    var runs =
        new ReplayRuns(
            new ReplayRuns.Parts(
                LakeReader.open(storage),
                storage,
                List.of(),
                InstantSource.fixed(NOW),
                copying.readLock()));

    copying.writeLock().lock();
    try {
      assertThat(runs.start(new ReplayRange(NOW.minusSeconds(60), NOW, null), false)).isTrue();
      while (!copying.hasQueuedThreads()) {
        assertThat(runs.latest().running()).isTrue();
        Thread.onSpinWait();
      }
    } finally {
      copying.writeLock().unlock();
    }
    while (runs.latest().running()) {
      Thread.onSpinWait();
    }

    assertThat(runs.latest().failure()).isNull();
    assertThat(copying.getReadLockCount()).isZero();
  }
}
