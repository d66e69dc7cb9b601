package dev.hooklake.server.enrichment;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.hooklake.server.enrichment.call.Ending;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works off the jobs of lead events. Several servers on one database share them; what a server
/// that died had begun is taken over after a few missed heartbeats, or by that server itself as
/// soon as it is back.
///
/// Closing lets the calls under way end; whatever waits is left for the next start.
public final class LeadJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeadJobs.class);
  private static final Duration WHILE_AWAY = Duration.ofSeconds(10);
  private static final Duration FOREVER = Duration.ofDays(365_000);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

  /// How often jobs are looked for, and how soon a dead server's are taken over.
  public record Rhythm(Duration poll, Duration heartbeat) {
    public static final Rhythm DEFAULT = new Rhythm(Duration.ofSeconds(1), Duration.ofSeconds(10));
    private static final int MISSED_HEARTBEATS = 4;
  }

  /// What the jobs work with.
  ///
  /// @param server a name that this server keeps over restarts, and no other has
  /// @param enrichment null while it is off: the chores are done, and jobs left from before wait
  public record Parts(
      String server,
      OperationsDatabase database,
      @Nullable Enrichment enrichment,
      List<Chore> chores,
      Ending ending,
      InstantSource clock) {
    public Parts {
      chores = List.copyOf(chores);
    }
  }

  private final Parts parts;
  private final Scheduler scheduler;

  private LeadJobs(Parts parts, int concurrency, Rhythm rhythm) {
    this.parts = parts;
    List<RecurringTask<Void>> chores = parts.chores().stream().map(LeadJobs::recurring).toList();
    this.scheduler =
        Scheduler.create(parts.database().forJobs(), jobs(parts.enrichment()))
            .startTasks(chores)
            .deleteUnresolvedAfter(FOREVER)
            .jdbcCustomization(new JobTable())
            .schedulerName(new SchedulerName.Fixed(parts.server()))
            .clock(parts.clock()::instant)
            .threads(concurrency)
            .pollingInterval(rhythm.poll())
            .heartbeatInterval(rhythm.heartbeat())
            .missedHeartbeatsLimit(Rhythm.MISSED_HEARTBEATS)
            .shutdownMaxWait(LONGEST_CLOSE)
            .failureLogging(LogLevel.DEBUG, false)
            .build();
  }

  private List<Task<?>> jobs(@Nullable Enrichment enrichment) {
    if (enrichment == null) {
      return List.of();
    }
    CustomTask<Void> enrich =
        Tasks.custom(JobTable.TASK, Void.class)
            .execute((instance, _) -> completed(run(enrichment, instance.getId())));
    return List.of(enrich);
  }

  public static LeadJobs start(Parts parts, int concurrency, Rhythm rhythm) {
    int released = parts.database().write(handle -> JobTable.release(handle, parts.server()));
    if (released > 0) {
      LOG.info("Lead jobs that were under way when this server ended go on: {}", released);
    }
    var jobs = new LeadJobs(parts, concurrency, rhythm);
    jobs.scheduler.start();
    return jobs;
  }

  /// New jobs are there.
  public void wake() {
    scheduler.triggerCheckForDueExecutions();
  }

  @Override
  public void close() {
    parts.ending().begin();
    scheduler.stop();
  }

  private static CompletionHandler<Void> completed(Next next) {
    return switch (next) {
      case Next.Nothing() -> new CompletionHandler.OnCompleteRemove<>();
      case Next.At(var time) -> (completed, operations) -> operations.reschedule(completed, time);
    };
  }

  private Next run(Enrichment enrichment, String eventId) {
    try {
      return enrichment.run(eventId);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Next.At(now());
    } catch (DatabaseAway e) {
      return later(eventId, e);
    } catch (Faulted e) {
      return faulted(enrichment, eventId, e.run(), e.fault());
    } catch (RuntimeException e) {
      return faulted(enrichment, eventId, null, e);
    }
  }

  private Next faulted(
      Enrichment enrichment, String eventId, @Nullable Integer run, RuntimeException fault) {
    // Without its message: it may quote what the event says.
    LOG.warn("Lead job failed on a fault of ours: event={} {}", eventId, FaultTrace.of(fault));
    try {
      return enrichment.faulted(eventId, run, fault);
    } catch (DatabaseAway e) {
      return later(eventId, e);
    }
  }

  /// Not an attempt: nothing can be done, nor counted.
  private Next later(String eventId, DatabaseAway why) {
    LOG.warn("Lead job waits: event={} {}", eventId, why.getMessage());
    return new Next.At(now().plus(WHILE_AWAY));
  }

  private static RecurringTask<Void> recurring(Chore chore) {
    return Tasks.recurring(chore.name(), FixedDelay.of(chore.every()))
        .execute((_, _) -> take(chore));
  }

  private static void take(Chore chore) {
    try {
      chore.work().run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("{} failed on a fault of ours: {}", chore.name(), FaultTrace.of(e));
    }
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
