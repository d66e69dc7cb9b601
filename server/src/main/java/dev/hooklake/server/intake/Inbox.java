package dev.hooklake.server.intake;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Journal;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.FaultTrace;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where one source's deliveries come in: admit, verify, limit, split, store.
///
/// The rate limit is for authentic deliveries: what a stranger sends must not use it up.
///
/// Each event is counted once as received and once as accepted, duplicate or rejected. A delivery
/// that is turned away before it was split counts as one event.
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  private final Source source;
  private final Journal journal;
  private final InboxMeters meters;
  private final SourceLimits limits;
  private final @Nullable TokenBucket bucket;
  private final EventTap tap;
  private final RefusalLog refusals;

  Inbox(Endpoint endpoint, Journal journal, InboxMeters meters, EventTap tap, InstantSource clock) {
    this.source = endpoint.source();
    this.journal = journal;
    this.meters = meters;
    this.tap = tap;
    this.limits = endpoint.limits();
    RateLimit rate = limits.rate();
    this.bucket = rate == null ? null : new TokenBucket(rate, clock);
    this.refusals = new RefusalLog(source.name());
  }

  Source source() {
    return source;
  }

  InboxMeters meters() {
    return meters;
  }

  /// Whether this address may send here; asked before a byte of the body is read.
  boolean admits(InetAddress sender) {
    return limits.admit(sender);
  }

  Receipt turnAway(Instant at) {
    return limit(Rejection.ADDRESS_NOT_ALLOWED, at);
  }

  /// Takes a delivery in whose sender was admitted.
  Receipt receive(Delivery delivery) {
    int events = 1;
    try {
      Verification verification = source.verify(delivery);
      if (verification instanceof Verification.Refused refused) {
        return refuse(refused, delivery);
      }
      meters.verified((Verification.Verified) verification);
      if (bucket != null && !bucket.take()) {
        return limit(Rejection.RATE_LIMITED, delivery.receivedAt());
      }
      List<SourceEvent> split = source.split(delivery);
      events = split.size();
      meters.furtherEvents(events - 1);
      List<AppendOutcome> outcomes = journal.append(split.stream().map(EventCodec::entry).toList());
      tell(split, outcomes);
      return settle(outcomes).orElseGet(() -> new Receipt.Stored(delivery, kept(split, outcomes)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reject(Rejection.JOURNAL_FAILED, events);
    } catch (RuntimeException e) {
      LOG.error(
          "Delivery failed on a fault of ours: source={} {}", source.name(), FaultTrace.of(e));
      return reject(Rejection.FAULT, events);
    }
  }

  /// Turns a delivery away that cannot even be verified.
  Receipt reject(Rejection reason) {
    return reject(reason, 1);
  }

  private Receipt reject(Rejection reason, int events) {
    meters.rejected(reason, events);
    return new Receipt.Rejected(reason);
  }

  private Receipt limit(Rejection reason, Instant at) {
    refusals.limited(reason, at);
    return reject(reason);
  }

  private Receipt refuse(Verification.Refused refused, Delivery delivery) {
    meters.refused(refused.reason());
    refusals.refused(refused, delivery.receivedAt());
    tap.refused(source.name(), refused.reason(), delivery.receivedAt());
    return new Receipt.Refused(refused);
  }

  private void tell(List<SourceEvent> events, List<AppendOutcome> outcomes) {
    for (int i = 0; i < events.size(); i++) {
      switch (outcomes.get(i)) {
        case AppendOutcome.Appended(long sequence) -> tap.stored(events.get(i), sequence);
        case AppendOutcome.Duplicate _ -> tap.duplicate(events.get(i));
        case AppendOutcome.Full _, AppendOutcome.Failed _ -> {}
      }
    }
  }

  /// Empty when every event is on disk.
  private Optional<Receipt> settle(List<AppendOutcome> outcomes) {
    int stored = 0;
    int duplicates = 0;
    int full = 0;
    int failed = 0;
    for (AppendOutcome outcome : outcomes) {
      switch (outcome) {
        case AppendOutcome.Appended _ -> stored++;
        case AppendOutcome.Duplicate _ -> duplicates++;
        case AppendOutcome.Full _ -> full++;
        case AppendOutcome.Failed _ -> failed++;
      }
    }
    meters.settled(stored, duplicates, full, failed);
    if (failed > 0) {
      return Optional.of(new Receipt.Rejected(Rejection.JOURNAL_FAILED));
    }
    // The sender repeats the whole delivery; what was stored of it is then a duplicate.
    return full > 0 ? Optional.of(new Receipt.Rejected(Rejection.JOURNAL_FULL)) : Optional.empty();
  }

  private static List<KeptEvent> kept(List<SourceEvent> events, List<AppendOutcome> outcomes) {
    List<KeptEvent> kept = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      kept.add(new KeptEvent(events.get(i), outcomes.get(i) instanceof AppendOutcome.Duplicate));
    }
    return kept;
  }
}
