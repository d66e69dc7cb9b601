package dev.hooklake.server.erasure;

import dev.hooklake.server.pipeline.FaultTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes requests for erasures while the server runs: one at a time, on a thread of its own, since
/// one may take minutes.
///
/// Knows the last one only; what it came to is kept by [ErasureReceipts]. An erasure that is under
/// way when the server stops is not gone on with; it is made again.
public final class ErasureDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ErasureDesk.class);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(5);

  private final ErasureMaker maker;
  private final ErasureReceipts receipts;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable Job last;

  /// @param maker makes erasures that wait as they are told
  public ErasureDesk(ErasureMaker maker, ErasureReceipts receipts) {
    this.maker = maker;
    this.receipts = receipts;
  }

  /// Makes an erasure that waits by `pause`.
  public interface ErasureMaker {
    Erasure waitingBy(Erasure.Pause pause);
  }

  /// One erasure that was asked for.
  ///
  /// @param receipt null until it is done
  /// @param failure why it failed; null while it did not
  public record Job(UUID id, @Nullable ErasureReceipt receipt, @Nullable String failure) {
    public String state() {
      return receipt != null ? "done" : failure != null ? "failed" : "running";
    }
  }

  /// Begins an erasure; empty while another one is under way.
  public synchronized Optional<Job> begin(Person person, boolean now) {
    Job before = last;
    if (closing.getCount() == 0 || (before != null && before.state().equals("running"))) {
      return Optional.empty();
    }
    var job = new Job(UUID.randomUUID(), null, null);
    last = job;
    thread = Thread.ofPlatform().name("erasure").daemon().start(() -> run(job.id(), person, now));
    LOG.info(
        "Erasure {} began: {} identifiers, older versions at once: {}",
        job.id(),
        person.identifiers(),
        now);
    return Optional.of(job);
  }

  /// How the erasure stands; empty when it is not the last one.
  public Optional<Job> find(UUID id) {
    return Optional.ofNullable(last).filter(job -> job.id().equals(id));
  }

  private void run(UUID id, Person person, boolean now) {
    try {
      ErasureReceipt receipt = maker.waitingBy(this::await).erase(id, person, now);
      receipts.keep(receipt);
      LOG.info(
          "Erasure {} is done: {} rows, {} journal records",
          id,
          receipt.rows(),
          receipt.journalRecords());
      last = new Job(id, receipt, null);
    } catch (IOException e) {
      failed(id, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      failed(id, "the server stops");
    } catch (RuntimeException e) {
      LOG.error("Erasure failed on a fault of ours: {}", FaultTrace.of(e));
      failed(id, "a fault of ours: " + e.getClass().getName());
    }
  }

  private void failed(UUID id, String reason) {
    LOG.warn("Erasure {} failed: {}; ask for it again", id, reason);
    last = new Job(id, null, reason);
  }

  private void await(Duration time) throws InterruptedException {
    if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the server stops");
    }
  }

  /// An erasure under way ends at its next wait, or is left.
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closing.countDown();
      running = thread;
    }
    try {
      if (running != null && !running.join(CLOSING_TIME)) {
        LOG.warn("An erasure is left undone; ask for it again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
