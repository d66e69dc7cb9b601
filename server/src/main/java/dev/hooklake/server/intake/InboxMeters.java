package dev.hooklake.server.intake;

import dev.hooklake.sources.Verification;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// One source's counters, looked up once and held: the request path only adds.
///
/// The unit is the event. At a quiet moment `received = accepted + duplicate + rejected`, exactly.
final class InboxMeters {
  private final MeterRegistry registry;
  private final String source;
  private final Counter received;
  private final Counter accepted;
  private final Counter duplicates;
  private final Map<Rejection, Counter> rejections = new EnumMap<>(Rejection.class);
  private final Map<Verification.Reason, Counter> refusals =
      new EnumMap<>(Verification.Reason.class);
  private final Map<String, Counter> keys = new ConcurrentHashMap<>();
  private final DistributionSummary skewSeconds;
  private final Timer duration;

  InboxMeters(MeterRegistry registry, String source) {
    this.registry = registry;
    this.source = source;
    this.received = counter("hooklake.events.received", "Events that arrived");
    this.accepted = counter("hooklake.events.accepted", "Events stored in the journal");
    this.duplicates = counter("hooklake.events.duplicate", "Events already stored before");
    for (Rejection rejection : Rejection.values()) {
      rejections.put(rejection, rejected(rejection.name()));
    }
    for (Verification.Reason reason : Verification.Reason.values()) {
      refusals.put(reason, rejected(reason.name()));
    }
    this.skewSeconds =
        DistributionSummary.builder("hooklake.signature.skew.seconds")
            .description("Distance between our receipt and the signed time, either way")
            .tag("source", source)
            .serviceLevelObjectives(1, 5, 30, 300, 3600, 86_400, 604_800)
            .register(registry);
    this.duration =
        Timer.builder("hooklake.request.duration")
            .description("From the request's head to its answer")
            .tag("source", source)
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(15),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4))
            .register(registry);
  }

  /// One delivery arrived; whatever happens to it is settled later by exactly one other call.
  Timer.Sample arrived() {
    received.increment();
    return Timer.start(registry);
  }

  void answered(Timer.Sample sample) {
    sample.stop(duration);
  }

  /// The delivery held more than the one event it was counted as.
  void furtherEvents(int events) {
    if (events > 0) {
      received.increment(events);
    }
  }

  void verified(Verification.Verified verified) {
    keys.computeIfAbsent(verified.keyFingerprint(), this::keyCounter).increment();
    Duration skew = verified.skew();
    if (skew != null) {
      skewSeconds.record(skew.abs().toMillis() / 1000.0);
    }
  }

  void refused(Verification.Reason reason) {
    of(refusals, reason).increment();
  }

  void rejected(Rejection reason, int events) {
    of(rejections, reason).increment(events);
  }

  void settled(int stored, int repeated, int full, int failed) {
    accepted.increment(stored);
    duplicates.increment(repeated);
    rejected(Rejection.JOURNAL_FULL, full);
    rejected(Rejection.JOURNAL_FAILED, failed);
  }

  SourceCounts counts() {
    var rejected = new TreeMap<String, Long>();
    rejections.forEach((reason, counter) -> addTo(rejected, label(reason.name()), counter));
    refusals.forEach((reason, counter) -> addTo(rejected, label(reason.name()), counter));
    return new SourceCounts(source, count(received), count(accepted), count(duplicates), rejected);
  }

  private static void addTo(Map<String, Long> counts, String reason, Counter counter) {
    if (count(counter) > 0) {
      counts.put(reason, count(counter));
    }
  }

  private static <K> Counter of(Map<K, Counter> counters, K key) {
    return Objects.requireNonNull(counters.get(key));
  }

  private static long count(Counter counter) {
    return (long) counter.count();
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).tag("source", source).register(registry);
  }

  private Counter rejected(String reason) {
    return Counter.builder("hooklake.events.rejected")
        .description("Events turned away, by reason")
        .tag("source", source)
        .tag("reason", label(reason))
        .register(registry);
  }

  private Counter keyCounter(String fingerprint) {
    return Counter.builder("hooklake.signature.key.used")
        .description("Deliveries verified, by the fingerprint of the key that matched")
        .tag("source", source)
        .tag("key", fingerprint)
        .register(registry);
  }

  private static String label(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
