package dev.hooklake.testkit.customerio;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A history of emails, each made anew from the seed and its number whenever it is asked for: a
/// year of a million messages takes no memory.
///
/// Message `n` is created at `from + n * span / count`, so its place is found by arithmetic; its id
/// holds the number. The ids end in `==`, as the real ones may.
public record GeneratedMessages(long seed, long count, long from, long span)
    implements FakeMessages {
  private static final int CAMPAIGNS = 8;

  @Override
  public List<FakeMessage> page(long from, long to, long after, int limit) {
    long first = firstFrom(from) + after;
    long end = firstFrom(to + 1);
    return LongStream.range(first, Math.min(end, first + limit)).mapToObj(this::message).toList();
  }

  @Override
  public Optional<FakeMessage> byId(String id) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(id);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (bytes.length != 16 || ByteBuffer.wrap(bytes).getLong() != seed) {
      return Optional.empty();
    }
    long number = ByteBuffer.wrap(bytes).getLong(8);
    return number < 0 || number >= count ? Optional.empty() : Optional.of(message(number));
  }

  @Override
  public Stream<FakeMessage> all() {
    return LongStream.range(0, count).mapToObj(this::message);
  }

  public FakeMessage message(long number) {
    var dice = new SplittableRandom(seed * 31 + number);
    long created = created(number);
    long person = dice.nextLong(1, 50_000);
    boolean newsletter = dice.nextInt(10) == 0;
    Map<String, Long> parent =
        newsletter
            ? Map.of("newsletter_id", 40L + dice.nextInt(3), "content_id", 1L)
            : Map.of("campaign_id", 1L + dice.nextInt(CAMPAIGNS), "action_id", 11L);
    var metrics = new LinkedHashMap<String, Long>();
    String failure = live(dice, created, metrics);
    return new FakeMessage(
        id(number),
        "email",
        new FakeMessage.Person(
            "p" + person, "person" + person + "@example.org", "c1o" + Long.toHexString(person)),
        parent,
        "person" + person + "@example.org",
        "News " + person % 7,
        created,
        metrics,
        failure);
  }

  /// What happens to a message; the reason when it goes wrong, else null.
  private static @Nullable String live(
      SplittableRandom dice, long created, Map<String, Long> metrics) {
    metrics.put("created", created);
    if (dice.nextInt(100) == 0) {
      metrics.put("dropped", created + 1);
      return "Address is on the suppression list";
    }
    long sent = created + 1 + dice.nextInt(20);
    metrics.put("sent", sent);
    if (dice.nextInt(40) == 0) {
      metrics.put("bounced", sent + 5);
      return "550 5.1.1 mailbox does not exist";
    }
    metrics.put("delivered", sent + 1 + dice.nextInt(10));
    open(dice, sent, metrics);
    return null;
  }

  private static void open(SplittableRandom dice, long sent, Map<String, Long> metrics) {
    boolean machine = dice.nextInt(5) == 0;
    boolean human = dice.nextInt(4) == 0;
    if (machine) {
      metrics.put("prefetch_opened", sent + 30);
    }
    if (human) {
      metrics.put("human_opened", sent + 600 + dice.nextInt(7_200));
    }
    if (machine || human) {
      long first = metrics.getOrDefault("prefetch_opened", Long.MAX_VALUE);
      metrics.put("opened", Math.min(first, metrics.getOrDefault("human_opened", first)));
    }
    if (human && dice.nextInt(5) == 0) {
      long clicked = metrics.getOrDefault("human_opened", sent) + 20;
      metrics.put("clicked", clicked);
      metrics.put("human_clicked", clicked);
    }
  }

  private String id(long number) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(seed).putLong(number).array();
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  private long created(long number) {
    return from + Math.floorDiv(Math.multiplyExact(number, span), count);
  }

  /// The number of the first message created at or after a second.
  private long firstFrom(long second) {
    if (second <= from) {
      return 0;
    }
    long number = Math.ceilDiv(Math.multiplyExact(second - from, count), span);
    return Math.min(number, count);
  }
}
