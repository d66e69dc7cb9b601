package dev.hooklake.server.alerts;

import dev.hooklake.server.operations.DatabaseAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people, on a thread for each channel: one that hangs delays no other, and no evaluation.
public final class TellingThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TellingThreads.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(15);

  private final Alerts alerts;
  private final Duration pause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  private TellingThreads(Alerts alerts, Duration pause) {
    this.alerts = alerts;
    this.pause = pause;
  }

  /// Begins to tell what is due, also what an earlier server left.
  ///
  /// @param every how often it is evaluated whether there is something to tell
  public static TellingThreads start(Alerts alerts, Duration every) {
    var telling =
        new TellingThreads(alerts, every.compareTo(LONGEST_PAUSE) < 0 ? every : LONGEST_PAUSE);
    for (String channel : alerts.channels()) {
      telling.threads.add(
          Thread.ofPlatform().name("alerts-" + channel).start(() -> telling.run(channel)));
    }
    return telling;
  }

  private void run(String channel) {
    try {
      while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        tell(channel);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(String channel) throws InterruptedException {
    try {
      alerts.tell(channel, () -> closing.getCount() > 0);
    } catch (DatabaseAway e) {
      // The evaluation says so, and what is due stays due.
      LOG.debug("Nothing can be told: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Messages of a database may quote values.
      LOG.error("Channel {} was not told: {}", channel, e.getClass().getSimpleName());
    }
  }

  /// What is being sent may end; what is due stays due for the next start.
  @Override
  public void close() {
    closing.countDown();
    long deadline = System.nanoTime() + CLOSING_TIME.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
