package dev.hooklake.lake;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Who commits tables side by side, and who does what follows a commit. The lake ends both.
///
/// Not virtual threads: Hadoop's classes load settings under locks while they are initialised,
/// which holds on to a carrier; on two cores that stopped every virtual thread of the process.
record LakeThreads(ExecutorService tables, ExecutorService afterCommits) {
  private static final int TABLES_AT_ONCE = 4;
  private static final int AFTER_COMMITS_QUEUED = 256;

  static LakeThreads start() {
    return new LakeThreads(
        Executors.newFixedThreadPool(
            TABLES_AT_ONCE,
            NoHadoopDefaults.threads(
                Thread.ofPlatform().name("lake-table-", 0).daemon().factory())),
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(AFTER_COMMITS_QUEUED),
            NoHadoopDefaults.threads(
                Thread.ofPlatform().name("lake-after-commit").daemon().factory()),
            new ThreadPoolExecutor.CallerRunsPolicy()));
  }
}
