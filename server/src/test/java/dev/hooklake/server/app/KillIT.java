package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.simulator.LoadClient;
import dev.hooklake.server.simulator.LoadPlan;
import dev.hooklake.server.simulator.LoadReport;
import dev.hooklake.server.simulator.SimulatedEvent;
import dev.hooklake.server.simulator.Traffic;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.signature.Secret;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real program under load at random moments, again and again, and asks an independent
/// reader what is in the lake then.
class KillIT {
  private static final int ROUNDS = Boolean.getBoolean("hooklake.long") ? 50 : 10;
  private static final int MOST_EVENTS_OF_A_LIFE = 2_000;
  private static final int LONGEST_REST_MILLIS = 300;

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Set<String> receipts = ConcurrentHashMap.newKeySet();
  private final CountDownLatch never = new CountDownLatch(1);
  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void whateverIsKilledEveryReceiptIsLandedOnceAndTypedOrQuarantinedOnce() throws Exception {
    var server = new ServerProcess(folder);
    LoadClient load = load(server);
    var report = new FutureTask<LoadReport>((Callable<LoadReport>) load::run);
    Thread.ofVirtual().start(report);
    for (int round = 0; round < ROUNDS; round++) {
      server.start();
      live(random.nextInt(1, MOST_EVENTS_OF_A_LIFE), random.nextInt(LONGEST_REST_MILLIS));
      server.kill();
    }
    server.start();
    live(MOST_EVENTS_OF_A_LIFE, 0);
    load.stop();
    report.get();
    assertThat(server.stop()).as("exit code after SIGTERM").isIn(0, 143);
    check(LandedKeys.in(server.lake()));
  }

  private LoadClient load(ServerProcess server) {
    var signer = new CustomerIoSigner(Secret.of(ServerProcess.SECRET));
    var traffic = new Traffic(random.split(), InstantSource.system());
    return new LoadClient(
        new LoadPlan(server.webhookUrl(), 16, 2_000, null, null),
        traffic::next,
        signer::sign,
        this::acknowledged,
        InstantSource.system());
  }

  private void acknowledged(SimulatedEvent event) {
    receipts.add(event.key());
  }

  /// Lets the server accept so many events and then live on for a moment.
  private void live(int events, int restMillis) throws InterruptedException {
    int enough = receipts.size() + events;
    while (receipts.size() < enough) {
      pause(2);
    }
    pause(restMillis);
  }

  private void pause(int millis) throws InterruptedException {
    assertThat(never.await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  private void check(LandedKeys keys) {
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
