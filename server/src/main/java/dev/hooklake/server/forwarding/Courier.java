package dev.hooklake.server.forwarding;

import dev.failsafe.CircuitBreaker;
import dev.hooklake.server.forwarding.ForwardQueue.Ending;
import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.server.operations.DatabaseAway;
import dev.hooklake.server.pipeline.BackOff;
import dev.hooklake.server.pipeline.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one destination's events to it, some at a time.
///
/// An event is forgotten only when the destination has answered 2xx and that is committed; whatever
/// is killed in between, it is sent again under the same id. A destination that keeps failing is
/// left alone for a while, then asked with one event. Closing waits for what is under way.
final class Courier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(2);

  /// Beyond the time-out of an attempt: for the commit of what came of it.
  private static final Duration FOR_SETTLING = Duration.ofSeconds(60);

  /// What a courier works with.
  record Parts(
      ForwardQueue queue,
      HttpSender sender,
      CourierMeters meters,
      InstantSource clock,
      RandomGenerator chance) {}

  private final String destination;
  private final Patience patience;
  private final int parallel;
  private final Parts parts;
  private final BackOff backOff;
  private final CircuitBreaker<Object> breaker;
  private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String lastFailure;

  Courier(String destination, ForwardingSettings settings, Parts parts) {
    this.destination = destination;
    this.patience = settings.patience();
    this.parallel = settings.limits().parallel();
    this.parts = parts;
    this.backOff = new BackOff(patience.firstRetry(), patience.longestRetry());
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(settings.breaking().failures())
            .withSuccessThreshold(1)
            .withDelay(settings.breaking().pause())
            .build();
    parts.meters().watch(() -> breaker.isClosed() ? 0 : 1);
    this.thread = Thread.ofPlatform().name("forwarding-" + destination).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// `closed` while all is well, `open` while the destination is left alone, `half-open` while it
  /// is tried.
  String breaker() {
    return switch (breaker.getState()) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half-open";
    };
  }

  long delivered() {
    return parts.meters().delivered();
  }

  /// Why the last failed attempt failed; null when none has, since the start.
  @Nullable String lastFailure() {
    return lastFailure;
  }

  private void run() {
    try {
      Duration wait = Duration.ZERO;
      while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        wait = round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// How long to wait before the next.
  private Duration round() throws InterruptedException {
    try {
      List<Forward> held = hold();
      if (held.isEmpty()) {
        return IDLE;
      }
      parts.queue().settle(carry(held));
      return Duration.ZERO;
    } catch (DatabaseAway e) {
      LOG.warn("Forwarding to {} waits: {}", destination, e.getMessage());
    } catch (RuntimeException e) {
      // Messages of a database may quote values of the event.
      LOG.error("Forwarding to {} failed: {}", destination, FaultTrace.of(e));
    }
    return AFTER_FAULT;
  }

  private List<Forward> hold() {
    if (breaker.isOpen() && breaker.getRemainingDelay().isPositive()) {
      return List.of();
    }
    Instant now = parts.clock().instant();
    List<Forward> due = parts.queue().due(destination, now, breaker.isClosed() ? parallel : 1);
    return due.isEmpty()
        ? List.of()
        : parts.queue().hold(due, now, patience.timeout().plus(FOR_SETTLING));
  }

  private List<Ending> carry(List<Forward> held) throws InterruptedException {
    // Moves an open breaker whose pause is over to half open; one thread asks, so it is granted.
    breaker.tryAcquirePermit();
    List<Callable<Attempt>> sendings = new ArrayList<>();
    for (Forward one : held) {
      sendings.add(
          () -> parts.meters().timed(() -> parts.sender().send(one, parts.clock().instant())));
    }
    List<Future<Attempt>> attempts = senders.invokeAll(sendings);
    List<Ending> endings = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      endings.add(ending(held.get(i), outcome(attempts.get(i))));
    }
    return endings;
  }

  private static Attempt outcome(Future<Attempt> attempt) throws InterruptedException {
    try {
      return attempt.get();
    } catch (ExecutionException e) {
      LOG.error(
          "Sending failed on a fault of ours: {}",
          FaultTrace.of(Objects.requireNonNullElse(e.getCause(), e)));
      return new Attempt.Failed("a fault of ours, see the log", Duration.ZERO, true);
    }
  }

  private Ending ending(Forward forward, Attempt attempt) {
    Instant now = parts.clock().instant();
    Ending ending =
        switch (attempt) {
          case Attempt.Delivered _ -> {
            breaker.recordSuccess();
            yield new Ending.Delivered(forward);
          }
          case Attempt.Failed(var reason, var retryAfter, var alive) -> {
            record(alive);
            lastFailure = reason;
            yield afterFailure(forward, reason, retryAfter, now);
          }
          case Attempt.Gone(var reason) -> {
            breaker.recordFailure();
            lastFailure = reason;
            yield new Ending.Dead(forward, reason, now);
          }
        };
    parts.meters().count(ending);
    return ending;
  }

  private void record(boolean alive) {
    if (alive) {
      breaker.recordSuccess();
    } else {
      breaker.recordFailure();
    }
  }

  private Ending afterFailure(Forward forward, String reason, Duration retryAfter, Instant now) {
    Duration wait = backOff.after(forward.attempts() + 1, parts.chance().nextDouble());
    Instant next = now.plus(wait.compareTo(retryAfter) > 0 ? wait : retryAfter);
    return next.isAfter(forward.queuedAt().plus(patience.giveUpAfter()))
        ? new Ending.Dead(forward, reason, now)
        : new Ending.Again(forward, reason, next);
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (!thread.join(patience.timeout().plus(FOR_SETTLING))) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    senders.shutdownNow();
    parts.sender().close();
  }
}
