package dev.hooklake.server.simulator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends events over real HTTP as the provider does: signed, and after anything but a 2xx the same
/// event again with growing pauses, while what queues behind it waits.
///
/// One deviation, so that a test ends: the provider waits an hour after some refusals and goes on
/// for seven days; this client pauses two seconds at most and gives up after 60 attempts.
public final class LoadClient {
  private static final int ATTEMPTS = 60;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final LoadPlan plan;
  private final Supplier<Outgoing> traffic;
  private final Consumer<SimulatedEvent> acknowledged;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Instant begun;
  private long taken;
  private long different;

  /// @param acknowledged told of each event that got a 2xx; called by many threads
  public LoadClient(
      LoadPlan plan,
      Supplier<Outgoing> traffic,
      Consumer<SimulatedEvent> acknowledged,
      InstantSource clock) {
    this.plan = plan;
    this.traffic = traffic;
    this.acknowledged = acknowledged;
    this.clock = clock;
    this.begun = clock.instant();
  }

  /// Blocks until the plan is done or somebody called `stop`; an attempt under way is always
  /// finished, so the report is complete.
  public LoadReport run() throws InterruptedException {
    List<Thread> connections = new ArrayList<>();
    for (int i = 0; i < plan.connections(); i++) {
      connections.add(Thread.ofVirtual().name("connection-" + i).start(this::sendAll));
    }
    for (Thread connection : connections) {
      connection.join();
    }
    return report();
  }

  public LoadReport report() {
    return tally.report(Duration.between(begun, clock.instant()));
  }

  public void stop() {
    stopped.countDown();
  }

  private void sendAll() {
    try (HttpConnection connection = new HttpConnection(plan.url())) {
      for (Due next = take(); next != null; next = take()) {
        if (pause(Duration.between(clock.instant(), next.at()).toNanos())) {
          return;
        }
        deliver(connection, next);
      }
    } catch (IOException e) {
      // Only closing the socket at the end is left to fail, and nothing depends on it.
      tally.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Due take() {
    boolean counted = plan.events() != null && different >= plan.events();
    Instant now = clock.instant();
    boolean late = plan.duration() != null && now.isAfter(begun.plus(plan.duration()));
    if (counted || late || stopped.getCount() == 0) {
      return null;
    }
    double rate = plan.eventsPerSecond();
    Instant at = rate == 0 ? now : begun.plusNanos((long) (taken / rate * 1e9));
    Outgoing next = traffic.get();
    taken++;
    different += next.event().repeat() ? 0 : 1;
    return new Due(next, at);
  }

  private void deliver(HttpConnection connection, Due due) throws InterruptedException {
    long pauseMillis = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; !attempt(connection, due); attempt++) {
      if (attempt == ATTEMPTS || pause(TimeUnit.MILLISECONDS.toNanos(pauseMillis))) {
        tally.gaveUp();
        return;
      }
      tally.retried();
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }
    // From the moment it was due: a slow receiver must not hide behind a sender that waits for it.
    tally.acknowledged(
        due.outgoing(), Duration.between(due.at(), clock.instant()).toNanos() / 1_000);
    acknowledged.accept(due.outgoing().event());
  }

  private boolean attempt(HttpConnection connection, Due due) {
    try {
      Sender sender = due.outgoing().sender();
      SimulatedEvent event = due.outgoing().event();
      Signed signed = sender.sign(event, clock.instant());
      int status = connection.post(sender.target(signed), signed.headers(), event.body());
      tally.answered(status);
      return status / 100 == 2;
    } catch (IOException e) {
      tally.broken();
      return false;
    }
  }

  /// Waits; true when it was stopped meanwhile.
  private boolean pause(long nanos) throws InterruptedException {
    return nanos > 0 && stopped.await(nanos, TimeUnit.NANOSECONDS);
  }

  private record Due(Outgoing outgoing, Instant at) {}
}
