package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.customerio.DeliveriesExport;
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
import java.util.Objects;
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
  private static final int ALL_DAYS = 36_500;
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

  /// When files of exports were looked through; the thread's own.
  private Instant tidied = Instant.EPOCH;

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
    Days days = wish.days(today, parts.ground().settings().lookbackDays());
    requireExports(wish);
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
      if (wish.export() != null && wish.export().of() == ExportPart.Of.FILE) {
        storeWithFile(job, wish.file());
      } else {
        rows.store(job);
      }
      asked.release();
      return job;
    } finally {
      asking.unlock();
    }
  }

  /// No file stays of a job that is not stored.
  private void storeWithFile(HistoryJob job, String file) {
    ExportFolder exports = parts.ground().exports();
    exports.take(file, job.id());
    try {
      rows.store(job);
    } catch (RuntimeException e) {
      exports.drop(job.id());
      throw e;
    }
  }

  private void requireExports(Wish wish) {
    CheckedSource source = Objects.requireNonNull(sources.get(wish.source()));
    if (wish.export() != null && source.history().exports().isEmpty()) {
      throw new IllegalArgumentException(
          "the provider of " + wish.source() + " has no exports of deliveries; Customer.io has");
    }
  }

  /// What somebody asks for; both days are included.
  ///
  /// @param export of a backfill that reads a file instead of the provider's list; else null
  /// @param file of an export that is a file: its name in the folder of exports; else empty
  public record Wish(
      Kind kind,
      String source,
      LocalDate from,
      LocalDate to,
      boolean dryRun,
      String askedBy,
      @Nullable ExportPart export,
      String file) {

    /// Of what the provider's list shows.
    public Wish(
        Kind kind, String source, LocalDate from, LocalDate to, boolean dryRun, String askedBy) {
      this(kind, source, from, to, dryRun, askedBy, null, "");
    }

    private Days days(LocalDate today, int lookbackDays) {
      LocalDate last = to.isAfter(today) ? today : to;
      if (from.isAfter(last)) {
        throw new IllegalArgumentException("from " + from + " is after to " + last);
      }
      int most = mostDays(lookbackDays);
      if (from.plusDays(most).isBefore(last)) {
        throw new IllegalArgumentException("give at most " + most + " days at once");
      }
      return new Days(from, last);
    }

    /// An export reaches over twelve months of creation; a file is as long as it is.
    private int mostDays(int lookbackDays) {
      if (export == null) {
        return MOST_DAYS;
      }
      return export.of() == ExportPart.Of.FILE
          ? ALL_DAYS
          : (int) DeliveriesExport.LONGEST_WINDOW.toDays() - lookbackDays - 1;
    }

    private boolean isSameExport(HistoryJob job) {
      ExportPart other = job.export();
      if (export == null || other == null) {
        return export == null && other == null;
      }
      return export.isSame(other);
    }

    private boolean isOf(HistoryJob job, Days days) {
      return isSameExport(job)
          && job.kind() == kind
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
          export,
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
    tidyExports();
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

  /// No job is asked for meanwhile, whose file is there before its row.
  private void tidyExports() {
    tidied = now();
    asking.lock();
    try {
      ExportTidying.tidy(parts.ground().exports(), rows, tidied);
    } finally {
      asking.unlock();
    }
  }

  /// Whether a job was run, so that another may be waiting.
  private boolean step(Nightly nightly) throws InterruptedException {
    try {
      if (!now().isBefore(tidied.plus(ExportTidying.EVERY))) {
        tidyExports();
      }
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
    if (job.export() != null) {
      tidyExports();
    }
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
