package dev.hooklake.server.analytics;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops a statement that runs for too long.
final class TimeLimit implements LakeSql.Watch {
  private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

  private final Duration limit;
  private volatile boolean reached;

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /// Whether it had to stop it.
  boolean reached() {
    return reached;
  }

  @Override
  public Kept over(Statement statement) {
    var done = new CountDownLatch(1);
    // A platform thread: the query itself keeps a carrier busy.
    Thread watching =
        Thread.ofPlatform().name("query-time-limit").daemon().start(() -> watch(statement, done));
    return () -> {
      done.countDown();
      joinQuietly(watching);
    };
  }

  private void watch(Statement statement, CountDownLatch done) {
    try {
      if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        reached = true;
        statement.cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("A query past its time could not be stopped: SQL state {}", e.getSQLState());
    }
  }

  /// The statement must not be closed while it is being cancelled.
  private static void joinQuietly(Thread watching) {
    try {
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
