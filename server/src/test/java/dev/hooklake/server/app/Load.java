package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SideBySide;
import dev.hooklake.server.simulator.SimulatedEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Signed events for a server process, sent again and again until each has its receipt, and the
/// question what became of those that have.
final class Load {
  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Set<String> receipts = ConcurrentHashMap.newKeySet();
  private final ServerProcess server;
  private final LoadClient client;
  private final FutureTask<LoadReport> report;

  Load(ServerProcess server, int eventsPerSecond) {
    this.server = server;
    Sender sender = server.customerIo();
    client =
        new LoadClient(
            new LoadPlan(sender.url(), 16, eventsPerSecond, null, null),
            new SideBySide(List.of(sender), random.split(), InstantSource.system()),
            this::acknowledged,
            InstantSource.system());
    report = new FutureTask<>((Callable<LoadReport>) client::run);
  }

  Load start() {
    Thread.ofVirtual().start(report);
    return this;
  }

  private void acknowledged(SimulatedEvent event) {
    receipts.add(event.key());
  }

  int receipts() {
    return receipts.size();
  }

  /// Answers with this status so far.
  long answered(int status) {
    return client.report().statuses().getOrDefault(status, 0L);
  }

  /// Waits until so many more events have their receipt.
  void awaitMore(int events) throws IOException, InterruptedException {
    int enough = receipts.size() + events;
    server.await(() -> receipts.size() >= enough);
  }

  /// No new event is begun; returns when those under way are done.
  LoadReport stop() throws InterruptedException, ExecutionException {
    client.stop();
    return report.get();
  }

  /// Every receipt is landed once, and derived once; to be asked when the server has ended.
  void check() throws IOException, SQLException {
    LandedKeys keys = LandedKeys.in(server.lake());
    assertThat(repeated(keys.landing())).as("twice in landing, seed %s", seed).isEmpty();
    assertThat(missing(receipts, keys.landing())).as("lost, seed %s", seed).isEmpty();
    assertThat(repeated(keys.derived())).as("derived twice, seed %s", seed).isEmpty();
    assertThat(missing(keys.landing(), keys.derived())).as("not derived, seed %s", seed).isEmpty();
    assertThat(missing(keys.derived(), keys.landing())).as("not landed, seed %s", seed).isEmpty();
  }

  private static List<String> repeated(List<String> keys) {
    var seen = new HashSet<String>();
    return keys.stream().filter(key -> !seen.add(key)).toList();
  }

  private static List<String> missing(Collection<String> wanted, Collection<String> there) {
    var known = new HashSet<>(there);
    return wanted.stream().filter(key -> !known.contains(key)).toList();
  }
}
