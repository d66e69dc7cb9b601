package dev.hooklake.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What message tracking costs intake: the same load on a server that tracks and on one that does
/// not, in turn; how far tracking is behind and how fast it catches up; then every message's
/// status.
final class TrackingBenchmark {
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP = 60_000;
  private static final int STEADY_PER_SECOND = 5_000;
  private static final int STEADY_SECONDS = 20;

  private final Path root;
  private final Path work;
  private final int rounds;
  private final int events;

  /// @param work an empty directory for the data of both servers
  TrackingBenchmark(Path root, Path work, int rounds, int events) {
    this.root = root;
    this.work = work;
    this.rounds = rounds;
    this.events = events;
  }

  /// Answers whether every message ended as it should.
  boolean run() throws IOException, InterruptedException {
    try (TrackingSide without = new TrackingSide(root, work.resolve("without"), false);
        TrackingSide with = new TrackingSide(root, work.resolve("with"), true)) {
      without.load(CONNECTIONS, WARM_UP, 0);
      with.load(CONNECTIONS, WARM_UP, 0);
      compare(without, with);
      steady(with);
      System.out.printf("peak resident memory with tracking: %d MiB%n", with.peakMegabytes());
      return everyMessageIsClicked(with);
    }
  }

  private void compare(TrackingSide without, TrackingSide with)
      throws IOException, InterruptedException {
    System.out.printf("%d connections, %d events a round%n", CONNECTIONS, events);
    System.out.println(
        "round  without/s  CPU us   with/s  CPU us  p99 ms  ratio  behind at end  caught up in s");
    List<Double> ratios = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      boolean first = round % 2 == 1;
      TrackingSide.Round early = (first ? without : with).load(CONNECTIONS, events, 0);
      TrackingSide.Round late = (first ? with : without).load(CONNECTIONS, events, 0);
      TrackingSide.Round off = first ? early : late;
      TrackingSide.Round on = first ? late : early;
      ratios.add(on.load().perSecond() / off.load().perSecond());
      rates.add(events / (on.load().seconds() + (on.lagRecords() > 0 ? on.restSeconds() : 0)));
      System.out.printf(
          "%5d  %9.0f  %6.1f  %7.0f  %6.1f  %6.2f  %5.2f  %13d  %14.2f%n",
          round,
          off.load().perSecond(),
          off.cpuMicros(),
          on.load().perSecond(),
          on.cpuMicros(),
          on.load().millis(99),
          ratios.getLast(),
          on.lagRecords(),
          on.restSeconds());
    }
    System.out.printf(
        "median ratio %.2f; from the first request to the last status applied %.0f events/s%n",
        Median.of(ratios), Median.of(rates));
  }

  private static void steady(TrackingSide with) throws IOException, InterruptedException {
    TrackingSide.Round steady =
        with.load(CONNECTIONS, STEADY_PER_SECOND * STEADY_SECONDS, STEADY_PER_SECOND);
    System.out.printf(
        "%d/s for %d s: %d records behind at the end, CPU %.1f us an event, p99 %.2f ms%n",
        STEADY_PER_SECOND,
        STEADY_SECONDS,
        steady.lagRecords(),
        steady.cpuMicros(),
        steady.load().millis(99));
  }

  private boolean everyMessageIsClicked(TrackingSide with)
      throws IOException, InterruptedException {
    long sent = WARM_UP + (long) rounds * events + (long) STEADY_PER_SECOND * STEADY_SECONDS;
    long messages = sent / TrackingSide.EVENTS_OF_A_MESSAGE;
    long clicked = with.messagesThatAre("clicked");
    System.out.printf(
        "correctness: %d messages, %d of them clicked: %s%n",
        messages, clicked, messages == clicked);
    return messages == clicked;
  }
}
