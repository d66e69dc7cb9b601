package dev.hooklake.server.enrichment.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.enrichment.call.CallLimits.BreakerLimits;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The moments in which calls are allowed; a clock that stands still makes them exact.
class SharedPaceTest {
  private static final Instant NOW = Instant.parse("2026-01-15T13:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final CallLimits TEN_A_SECOND =
      new CallLimits(10, SECOND, 4, SECOND, BreakerLimits.DEFAULT);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void twoServersTakeEachMomentOnceAndNoWindowHoldsMoreThanTheLimit(TestDatabase engine)
      throws Exception {
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(directory));
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      SharedPace one = new SharedPace("fake", TEN_A_SECOND, database, () -> NOW);
      SharedPace other = new SharedPace("fake", TEN_A_SECOND, database, () -> NOW);
      List<Future<Instant>> taken = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        SharedPace pace = i % 2 == 0 ? one : other;
        taken.add(threads.submit(pace::take));
      }
      List<Instant> moments = new ArrayList<>();
      for (Future<Instant> moment : taken) {
        moments.add(moment.get());
      }
      moments.sort(null);

      assertThat(moments.getFirst()).isEqualTo(NOW);
      for (int i = 10; i < moments.size(); i++) {
        // Whoever is late by as much as is allowed still falls into another window.
        Duration apart = Duration.between(moments.get(i - 10), moments.get(i));
        assertThat(apart).isGreaterThanOrEqualTo(SECOND.plusMillis(30));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whoComesTooLateTakesAnotherMoment(TestDatabase engine) throws Exception {
    Queue<Instant> times = new ArrayDeque<>();
    InstantSource clock = () -> times.size() > 1 ? times.remove() : times.element();
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(directory))) {
      // Takes the moment at once, but is held up for half a second before it goes on.
      times.addAll(List.of(NOW, NOW, NOW.plusMillis(500)));
      SharedPace pace = new SharedPace("fake", TEN_A_SECOND, database, clock);
      assertThat(pace.awaitTurn(new Ending())).isTrue();

      assertThat(pace.take()).isAfterOrEqualTo(NOW.plusMillis(600));
    }
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void aPauseMovesEveryLaterMoment(TestDatabase engine) {
    try (OperationsDatabase database = OperationsDatabase.open(engine.empty(directory))) {
      SharedPace one = new SharedPace("fake", TEN_A_SECOND, database, () -> NOW);
      SharedPace other = new SharedPace("fake", TEN_A_SECOND, database, () -> NOW);
      assertThat(one.take()).isEqualTo(NOW);
      one.pause(Duration.ofSeconds(60));
      one.pause(Duration.ofSeconds(5));

      assertThat(other.take()).isEqualTo(NOW.plusSeconds(60));
      assertThat(one.take()).isAfter(NOW.plusSeconds(60));
    }
  }
}
