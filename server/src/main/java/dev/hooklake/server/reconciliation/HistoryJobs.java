package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.HistoryJob.Progress;
import dev.hooklake.server.reconciliation.HistoryJob.State;
import dev.hooklake.server.reconciliation.HistoryJob.Times;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reconciliations and backfills, one after the other on one thread, oldest first; and the nightly
/// reconciliation of each source.
///
/// Jobs are in the operations database before they begin. What a server leaves running when it
/// ends, or is killed, the next one takes up: a backfill behind its last finished day, a
/// reconciliation from its beginning.
public final class HistoryJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryJobs.class);
  private static final int MOST_WAITING = 20;
  private static final int MOST_DAYS = 400;
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(10);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(10);

  /// What jobs work with.
  ///
  /// @param held what we have of a source, by name
  public record Parts(
      HistoryRun.Ground ground, List<CheckedSource> sources, Function<String, HeldEvents> held) {
    public Parts {
      sources = List.copyOf(sources);
    }
  }

  private final Parts parts;
  private final HistoryJobRows rows;
  private final Map<String, CheckedSource> sources;
  private final ReentrantLock asking = new ReentrantLock();

  /// Wakes the thread; it also looks by itself now and then, for the night.
  private final Semaphore asked = new Semaphore(0);

  private final CountDownLatch closing;
  private final Thread thread;

  private HistoryJobs(Parts parts, CountDownLatch closing) {
    this.parts = parts;
    this.rows = new HistoryJobRows(parts.ground().database());
    this.sources =
        parts.sources().stream().collect(Collectors.toMap(CheckedSource::name, each -> each));
    this.closing = closing;
    this.thread = Thread.ofPlatform().name("history-jobs").unstarted(this::work);
  }

  /// Begins with what an earlier server left.
  ///
  /// @param closing opened when this is closed; what a job waits for ends by it
  public static HistoryJobs start(Parts parts, CountDownLatch closing) {
    var jobs = new HistoryJobs(parts, closing);
    jobs.thread.start();
    return jobs;
  }

  /// Sources whose provider can be asked.
  public List<String> sources() {
    return parts.sources().stream().map(CheckedSource::name).toList();
  }

  /// Puts a job in the queue, or gives the one that waits or runs already and does the same. Of
  /// what people ask for only so many wait; the night's is asked between two jobs, so it cannot
  /// pile up.
  ///
  /// @throws IllegalArgumentException with what to give instead
  public HistoryJob ask(Wish wish) {
    if (!sources.containsKey(wish.source())) {
      throw new IllegalArgumentException(
          "the provider of "
              + wish.source()
              + " cannot be asked; with credentials for it are: "
              + (sources.isEmpty() ? "none" : String.join(", ", sources())));
    }
    LocalDate today = LocalDate.ofInstant(now(), ZoneOffset.UTC);
    Days days = wish.days(today);
    asking.lock();
    try {
      List<HistoryJob> open = rows.open();
      Optional<HistoryJob> same = open.stream().filter(job -> wish.isOf(job, days)).findFirst();
      if (same.isPresent()) {
        return same.get();
      }
      if (open.size() >= MOST_WAITING && !wish.askedBy().equals(Nightly.ASKED_BY)) {
        throw new IllegalArgumentException(
            open.size() + " jobs wait already; ask again when some are done");
      }
      HistoryJob job = wish.job(UUID.randomUUID().toString(), days, now());
      rows.store(job);
      asked.release();
      return job;
    } finally {
      asking.unlock();
    }
  }

  /// What somebody asks for; both days are included.
  public record Wish(
      Kind kind, String source, LocalDate from, LocalDate to, boolean dryRun, String askedBy) {

    private Days days(LocalDate today) {
      LocalDate last = to.isAfter(today) ? today : to;
      if (from.isAfter(last)) {
        throw new IllegalArgumentException("from " + from + " is after to " + last);
      }
      if (from.plusDays(MOST_DAYS).isBefore(last)) {
        throw new IllegalArgumentException("give at most " + MOST_DAYS + " days at once");
      }
      return new Days(from, last);
    }

    private boolean isOf(HistoryJob job, Days days) {
      return job.kind() == kind
          && job.source().equals(source)
          && job.days().equals(days)
          && job.dryRun() == dryRun;
    }

    HistoryJob job(String id, Days days, Instant now) {
      return new HistoryJob(
          id,
          kind,
          source,
          days,
          dryRun,
          askedBy,
          State.WAITING,
          new Times(now, null, null),
          null,
          false,
          Progress.NONE,
          null,
          null);
    }
  }

  public Optional<HistoryJob> find(String id) {
    return rows.find(id);
  }

  /// The newest first.
  public List<HistoryJob> newest(int limit) {
    return rows.newest(limit);
  }

  /// A running job ends soon and is taken up by the next server.
  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      if (!thread.join(CLOSING_TIME)) {
        LOG.warn(
            "A reconciliation or backfill did not end in time; the next start goes on with it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    var nightly = new Nightly(parts.ground().settings(), rows, this);
    try {
      while (closing.getCount() > 0) {
        if (!step(nightly) && asked.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          asked.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a job was run, so that another may be waiting.
  private boolean step(Nightly nightly) throws InterruptedException {
    try {
      nightly.askWhenDue(now());
      List<HistoryJob> open = rows.open();
      if (!open.isEmpty()) {
        run(open.getFirst());
      }
      return !open.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("Jobs cannot be read, stored or begun, trying again: {}", FaultTrace.of(e));
      closing.await(AFTER_FAULT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    }
  }

  private void run(HistoryJob waiting) throws InterruptedException {
    Times times = waiting.times();
    HistoryJob job = waiting.taken(now());
    rows.store(job);
    String failure = failureOf(job);
    HistoryJob reached = rows.find(job.id()).orElse(job);
    Times ended = new Times(times.createdAt(), reached.times().startedAt(), now());
    rows.store(reached.in(failure == null ? State.DONE : State.FAILED, ended, failure));
    LOG.info(
        "{} of {} {}: {} expected, {} missing, {} filled{}",
        job.kind().label(),
        job.source(),
        failure == null ? "done" : "failed",
        reached.progress().expected(),
        reached.progress().missing(),
        reached.progress().filled(),
        failure == null ? "" : "; " + failure);
  }

  /// Null when it was done.
  private @Nullable String failureOf(HistoryJob job) throws InterruptedException {
    CheckedSource source = sources.get(job.source());
    if (source == null) {
      return "the provider of " + job.source() + " cannot be asked any more";
    }
    try {
      var run = new HistoryRun(parts.ground(), source, parts.held().apply(job.source()));
      return run.of(job, rows::store).orElse(null);
    } catch (IOException e) {
      if (closing.getCount() == 0) {
        // Files are closed under an interrupted reader; the next start takes the job up.
        throw new InterruptedException("the server ends");
      }
      return String.valueOf(e.getMessage());
    } catch (DatabaseAway e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A job failed on a fault of ours: {}", FaultTrace.of(e));
      return "a fault of ours: " + e.getClass().getSimpleName();
    }
  }

  private Instant now() {
    return parts.ground().clock().instant();
  }
}
