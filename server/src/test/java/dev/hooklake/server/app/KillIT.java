package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills the real program under load and while it merges files, at random moments, again and again,
/// and asks an independent reader what is in the lake then.
class KillIT {
  private static final int ROUNDS = Boolean.getBoolean("hooklake.long") ? 50 : 10;
  private static final int MOST_EVENTS_OF_A_LIFE = 2_000;
  private static final int LONGEST_REST_MILLIS = 300;

  private final long seed = Long.getLong("hooklake.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final CountDownLatch never = new CountDownLatch(1);
  @TempDir Path folder;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void whateverIsKilledEveryReceiptIsLandedOnceAndOnceInTheTableOfItsKind() throws Exception {
    System.out.println("Killed at moments of seed " + seed);
    var server = new ServerProcess(folder);
    // As much as there can be, so that many kills hit it.
    Files.writeString(
        server.settings(),
        "  maintenance: {interval: 100ms, open-day-files: 2}\n",
        StandardOpenOption.APPEND);
    Load load = new Load(server, 2_000).start();
    for (int round = 0; round < ROUNDS; round++) {
      server.start();
      live(load, random.nextInt(1, MOST_EVENTS_OF_A_LIFE), random.nextInt(LONGEST_REST_MILLIS));
      server.kill();
    }
    server.start();
    live(load, MOST_EVENTS_OF_A_LIFE, 0);
    server.await(() -> DeltaLog.removals(server.lake().resolve(Tables.LANDING.path())) > 0);
    load.stop();
    assertThat(server.stop()).as("exit code after SIGTERM").isEqualTo(143);
    load.check();
    assertThat(load.tables()).contains("email_events", "sms_events", "push_events", "quarantine");
  }

  /// Lets the server accept so many events and then live on for a moment.
  private void live(Load load, int events, int restMillis)
      throws IOException, InterruptedException {
    load.awaitMore(events);
    pause(restMillis);
  }

  private void pause(int millis) throws InterruptedException {
    assertThat(never.await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }
}
