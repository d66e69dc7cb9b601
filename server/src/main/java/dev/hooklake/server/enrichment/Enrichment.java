package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.call.Failure;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.operations.OperationsDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jspecify.annotations.Nullable;

/// Takes one event's enrichment as far as it goes now: claims the lead, takes each step that has
/// not ended, and records it together with its effect.
///
/// Whatever stops it, the next run goes on behind the last recorded step. Two runs of one event
/// never both record: each recording checks that the event is still this run's.
public final class Enrichment {
  private static final Duration BETWEEN_CLAIMS = Duration.ofSeconds(2);
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  /// What an enrichment works with.
  record Parts(
      OperationsDatabase database,
      List<Step> steps,
      Queue queue,
      Moments moments,
      InstantSource clock,
      RandomGenerator chance) {}

  private final Parts parts;

  Enrichment(Parts parts) {
    this.parts = parts;
  }

  public Next run(String eventId) throws InterruptedException {
    Begun begun = parts.database().write(handle -> begin(handle, eventId));
    if (begun.work().isEmpty()) {
      return begun.otherwise();
    }
    LeadWork work = begun.work().get();
    try {
      return walk(work);
    } catch (LostWork e) {
      return new Next.Nothing();
    } catch (DatabaseAway e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Faulted(work.event().run(), e);
    }
  }

  /// What follows when a run ended with a fault of ours: an attempt has failed, and with the last
  /// of them the event. An event that another run has taken up meanwhile is that one's.
  ///
  /// @param run null when the fault was met before the run began
  Next faulted(String eventId, @Nullable Integer run, RuntimeException fault) {
    String reason =
        "a fault of ours, "
            + fault.getClass().getSimpleName()
            + ", which the log tells more of; reprocess the event once it is mended";
    AfterFault after = parts.database().write(handle -> faulted(handle, eventId, run, reason));
    if (after.eventFailed()) {
      parts.moments().eventEnded(EventStatus.FAILED);
    }
    return after.next();
  }

  private record AfterFault(Next next, boolean eventFailed) {}

  private AfterFault faulted(Handle handle, String eventId, @Nullable Integer run, String reason) {
    Optional<Integer> failed = LeadEvents.fault(handle, eventId, run);
    if (failed.isEmpty()) {
      return new AfterFault(new Next.Nothing(), false);
    }
    if (failed.get() >= parts.queue().attempts()) {
      LeadEvents.fail(handle, eventId, reason, now());
      return new AfterFault(new Next.Nothing(), true);
    }
    Instant at = after(parts.queue().backOff().after(failed.get(), parts.chance().nextDouble()));
    LeadEvents.postpone(handle, eventId, at, reason);
    return new AfterFault(new Next.At(at), false);
  }

  private record Begun(Optional<LeadWork> work, Next otherwise) {}

  private Begun begin(Handle handle, String eventId) {
    Optional<StoredEvent> stored = LeadEvents.byId(handle, eventId).filter(Enrichment::open);
    if (stored.isEmpty()) {
      return new Begun(Optional.empty(), new Next.Nothing());
    }
    if (!LeadEvents.claim(handle, stored.get())) {
      return new Begun(Optional.empty(), new Next.At(after(spread(BETWEEN_CLAIMS))));
    }
    StoredEvent event = LeadEvents.begin(handle, stored.get(), now());
    var work = new LeadWork(event, LeadEvents.lead(handle, event), Steps.ended(handle, eventId));
    return new Begun(Optional.of(work), new Next.Nothing());
  }

  private static boolean open(StoredEvent event) {
    return switch (event.status()) {
      case RECEIVED, PROCESSING -> true;
      case COMPLETED, FAILED -> false;
    };
  }

  private Next walk(LeadWork work) throws InterruptedException {
    int attempts = work.event().attempts();
    for (Step step : parts.steps()) {
      if (work.ended(step.name()).isPresent()) {
        continue;
      }
      Optional<Next> stop = take(step, work, attempts);
      if (stop.isPresent()) {
        return stop.get();
      }
      attempts = 0;
    }
    Outcome outcome = isWhole(work) ? Outcome.ENRICHED : Outcome.PARTIAL;
    return complete(work, outcome);
  }

  private static boolean isWhole(LeadWork work) {
    return List.of(StepName.ENRICH_FIRST, StepName.ENRICH_SECOND).stream()
        .noneMatch(step -> work.failed(step) || work.endedWith(step, EnrichPerson.UNKNOWN));
  }

  /// Empty when the walk goes on.
  private Optional<Next> take(Step step, LeadWork work, int attempts) throws InterruptedException {
    Instant started = now();
    parts.moments().begins(step.name());
    StepEnd end = step.take(work);
    parts.moments().recording(step.name());
    return switch (end) {
      case StepEnd.Done(var result, var effect) -> {
        record(work, record(step, StepRecord.State.DONE, result, started), effect);
        yield Optional.empty();
      }
      case StepEnd.Skipped(var why) -> {
        record(work, record(step, StepRecord.State.SKIPPED, why, started), StepEnd.NOTHING);
        yield Optional.empty();
      }
      case StepEnd.Finished(var outcome) -> {
        StepRecord last = record(step, StepRecord.State.DONE, outcome.label(), started);
        record(work, last, handle -> LeadEvents.complete(handle, work.event(), outcome, now()));
        parts.moments().eventEnded(EventStatus.COMPLETED);
        yield Optional.of(new Next.Nothing());
      }
      case StepEnd.GivenUp(var reason) -> Optional.of(fail(work, reason));
      case StepEnd.Failed(var failure) -> failed(step, work, failure, attempts, started);
    };
  }

  private Optional<Next> failed(
      Step step, LeadWork work, Failure failure, int attempts, Instant started) {
    int failedAttempts = attempts + (failure.countsAsAttempt() ? 1 : 0);
    boolean again =
        !failure.permanent()
            && failedAttempts < parts.queue().attempts()
            && (failure.countsAsAttempt() || now().isBefore(patienceEnds(work.event())));
    if (again) {
      return Optional.of(postpone(work, failure, failedAttempts));
    }
    if (!step.name().dispensable()) {
      return Optional.of(fail(work, step.name().label() + ": " + failure.reason()));
    }
    record(work, record(step, StepRecord.State.FAILED, failure.reason(), started), StepEnd.NOTHING);
    return Optional.empty();
  }

  /// Counted from when work on it began: an event may be reprocessed long after it came.
  private Instant patienceEnds(StoredEvent event) {
    Instant begun = Objects.requireNonNullElse(event.startedAt(), event.receivedAt());
    return begun.plus(parts.queue().giveUpAfter());
  }

  private Next postpone(LeadWork work, Failure failure, int attempts) {
    Duration backOff =
        failure.countsAsAttempt()
            ? parts.queue().backOff().after(attempts, parts.chance().nextDouble())
            : spread(SHORTEST_WAIT);
    Duration asked = Objects.requireNonNullElse(failure.retryAfter(), Duration.ZERO);
    Instant at = after(asked.compareTo(backOff) > 0 ? asked.plus(spread(SHORTEST_WAIT)) : backOff);
    parts
        .database()
        .change(handle -> {
          LeadEvents.hold(handle, work.event(), attempts);
          LeadEvents.postpone(handle, work.event().id(), at, failure.reason());
        });
    return new Next.At(at);
  }

  private Next complete(LeadWork work, Outcome outcome) {
    parts
        .database()
        .change(handle -> {
          LeadEvents.hold(handle, work.event(), 0);
          LeadEvents.complete(handle, work.event(), outcome, now());
        });
    parts.moments().eventEnded(EventStatus.COMPLETED);
    return new Next.Nothing();
  }

  private Next fail(LeadWork work, String reason) {
    parts
        .database()
        .change(handle -> {
          LeadEvents.hold(handle, work.event(), work.event().attempts());
          LeadEvents.fail(handle, work.event().id(), reason, now());
        });
    parts.moments().eventEnded(EventStatus.FAILED);
    return new Next.Nothing();
  }

  private void record(LeadWork work, StepRecord record, HandleConsumer<RuntimeException> effect) {
    parts
        .database()
        .change(handle -> {
          LeadEvents.hold(handle, work.event(), 0);
          Steps.add(handle, work.event().id(), record);
          effect.useHandle(handle);
        });
    work.end(record);
    parts
        .moments()
        .ended(
            record.step(), record.state(), Duration.between(record.startedAt(), record.endedAt()));
  }

  private StepRecord record(Step step, StepRecord.State state, String result, Instant started) {
    return new StepRecord(step.name(), state, result, started, now());
  }

  private Duration spread(Duration wait) {
    return Duration.ofMillis(Math.round(wait.toMillis() * (0.5 + parts.chance().nextDouble())));
  }

  private Instant after(Duration wait) {
    return now().plus(wait);
  }

  private Instant now() {
    return parts.clock().instant();
  }
}
