package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.Outgoing;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.server.simulator.SideBySide;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Signed events for a server process, sent again and again until each has its receipt, and the
/// question what became of those that have. Who sends knows which table each must end in.
final class Load {
  /// One in so many is of a kind that nobody knows, besides those that the simulator invents.
  private static final int ONE_STRANGE_IN = 100;

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Set<String> receipts = ConcurrentHashMap.newKeySet();

  /// Of each event that was ever sent, with a receipt or without, by its key.
  private final Map<String, String> tableOf = new ConcurrentHashMap<>();

  private final ServerProcess server;
  private final LoadClient client;
  private final FutureTask<LoadReport> report;

  Load(ServerProcess server, int eventsPerSecond) {
    this.server = server;
    Sender sender = server.customerIo();
    client =
        new LoadClient(
            new LoadPlan(sender.url(), 16, eventsPerSecond, null, null),
            sent(new SideBySide(List.of(sender), random.split(), InstantSource.system()), sender),
            this::acknowledged,
            InstantSource.system());
    report = new FutureTask<>((Callable<LoadReport>) client::run);
  }

  Load start() {
    Thread.ofVirtual().start(report);
    return this;
  }

  private Supplier<Outgoing> sent(Supplier<Outgoing> traffic, Sender sender) {
    return () -> {
      Outgoing next =
          random.nextInt(ONE_STRANGE_IN) == 0 ? new Outgoing(sender, strange()) : traffic.get();
      tableOf.put(next.event().key(), next.event().table());
      return next;
    };
  }

  private SimulatedEvent strange() {
    String key = "strange-" + Long.toHexString(random.nextLong());
    String body =
        "{\"event_id\":\"%s\",\"object_type\":\"no such object\",\"metric\":\"sent\"}"
            .formatted(key);
    return new SimulatedEvent(key, Payload.of(body), Tables.QUARANTINE.name(), false);
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

  /// Every receipt is landed once, and once in the table that its kind belongs to; to be asked when
  /// the server has ended.
  void check() throws IOException, SQLException {
    LandedKeys keys = LandedKeys.in(server.lake());
    assertThat(repeated(keys.landing())).as("twice in landing, seed %s", seed).isEmpty();
    assertThat(missing(receipts, keys.landing())).as("lost, seed %s", seed).isEmpty();
    assertThat(repeated(keys.derived())).as("derived twice, seed %s", seed).isEmpty();
    assertThat(missing(keys.landing(), keys.derived())).as("not derived, seed %s", seed).isEmpty();
    assertThat(missing(keys.derived(), keys.landing())).as("not landed, seed %s", seed).isEmpty();
    keys.byTable()
        .forEach((table, found) ->
            assertThat(strangers(table, found)).as("in %s, seed %s", table, seed).isEmpty());
  }

  /// Tables that rows of events with a receipt must be in.
  Set<String> tables() {
    return receipts.stream().map(tableOf::get).collect(Collectors.toSet());
  }

  /// Of our events in a table, with the table that they belong to, those that belong to another.
  private Map<String, String> strangers(String table, List<String> found) {
    if (table.equals(Tables.LANDING.name())) {
      return Map.of();
    }
    return found.stream()
        .filter(key -> !tableOf.getOrDefault(key, table).equals(table))
        .collect(Collectors.toMap(Function.identity(), tableOf::get));
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
