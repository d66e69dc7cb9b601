package dev.hooklake.server.tracking;

import dev.hooklake.sources.event.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Invented lives of messages: what the providers report of each, in the order in which it
/// happened. The same seed gives the same lives.
final class Lives {
  static final Instant START = Instant.parse("2026-10-28T09:00:00Z");
  private static final int MOST_REPEATS = 3;

  private final List<List<Fact>> lives;

  private Lives(List<List<Fact>> lives) {
    this.lives = lives;
  }

  static Lives of(int messages, long seed) {
    var random = new Random(seed);
    List<List<Fact>> lives = new ArrayList<>(messages);
    for (int i = 0; i < messages; i++) {
      lives.add(random.nextBoolean() ? text(i, random) : email(i, random));
    }
    return new Lives(lives);
  }

  /// All of them reported by one source, to the second.
  static Lives reportedBy(String source, int messages, long seed) {
    return new Lives(
        of(messages, seed).lives.stream()
            .map(life -> life.stream().map(fact -> fact.reportedBy(source)).toList())
            .toList());
  }

  int count() {
    return lives.size();
  }

  List<Fact> of(int message) {
    return lives.get(message);
  }

  OutgoingMessage message(int message) {
    Fact first = lives.get(message).getFirst();
    return new OutgoingMessage(
        id(message),
        "user-" + message % 1000,
        "order",
        first.channel(),
        null,
        null,
        START,
        List.of(first.externalId()));
  }

  static String id(int message) {
    return "m-" + message;
  }

  /// Everything that was reported, each once to three times, in any order.
  List<Fact> shuffled(long seed) {
    var random = new Random(seed);
    List<Fact> facts = new ArrayList<>();
    for (List<Fact> life : lives) {
      for (Fact fact : life) {
        facts.addAll(Collections.nCopies(1 + random.nextInt(MOST_REPEATS), fact));
      }
    }
    Collections.shuffle(facts, random);
    return facts;
  }

  private static List<Fact> text(int number, Random random) {
    var life = new Life(new ExternalId("twilio", "SM" + number), Channel.SMS, random);
    if (random.nextInt(3) == 0) {
      life.add("queued");
    }
    life.add("sent");
    switch (random.nextInt(10)) {
      case 0 -> life.fail("undelivered");
      case 1 -> life.fail("failed");
      case 2 -> {}
      // Both happen at one carrier: the first to come holds.
      case 3 -> life.add("delivered").fail("undelivered");
      default -> life.add("delivered");
    }
    return life.facts;
  }

  private static List<Fact> email(int number, Random random) {
    var life = new Life(new ExternalId("resend", "re-" + number), Channel.EMAIL, random);
    life.add("sent");
    if (random.nextInt(8) == 0) {
      life.add("deferred");
    }
    switch (random.nextInt(8)) {
      case 0 -> life.fail("bounced");
      case 1 -> life.fail("dropped");
      case 2 -> life.add("delivered").fail("bounced");
      case 3 -> life.add("delivered").add("spammed");
      case 4 -> life.add("delivered").add("opened").add("opened");
      case 5 -> life.add("clicked").add("delivered").add("opened").add("clicked");
      default -> life.add("delivered");
    }
    return life.facts;
  }

  private static final class Life {
    private final ExternalId externalId;
    private final Channel channel;
    private final Random random;
    private final List<Fact> facts = new ArrayList<>();
    private Instant now = START;

    Life(ExternalId externalId, Channel channel, Random random) {
      this.externalId = externalId;
      this.channel = channel;
      this.random = random;
    }

    Life add(String metric) {
      return add(metric, false);
    }

    Life fail(String metric) {
      return add(metric, true);
    }

    private Life add(String metric, boolean failure) {
      now = now.plus(Duration.ofMillis(1 + random.nextInt(60_000)));
      facts.add(new Fact(externalId, channel, metric, now, failure ? "because " + metric : null));
      return this;
    }
  }
}
