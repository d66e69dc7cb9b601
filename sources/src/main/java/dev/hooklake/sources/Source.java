package dev.hooklake.sources;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One configured sender. The request path calls `verify` and `split`; the pipeline calls `decode`
/// later, as often as it likes, with the same result for the same event.
///
/// Implementations are immutable and safe for many threads, and neither block nor touch the
/// network.
public interface Source {
  /// The configured name, for example `customerio`: the `source` column of every table.
  String name();

  Verification verify(Delivery delivery);

  /// The delivery's events with their keys, in order; never empty for a verified delivery. A body
  /// that cannot be read yields one event with a key derived from its bytes.
  List<SourceEvent> split(Delivery delivery);

  Decoding decode(SourceEvent event, Instant processedAt);

  /// The answer to a refused delivery: chosen so that the provider's queue is not stalled more than
  /// it must be.
  Answer refused(Verification.Refused refusal);

  /// The answer to a delivery of which every event is durable or a duplicate.
  Answer accepted(int stored, int duplicates);

  /// The same, for a source whose senders want to hear different things.
  ///
  /// @param events what `split` gave, each with what became of it, in the same order
  default Answer accepted(Delivery delivery, List<KeptEvent> events) {
    int duplicates = (int) events.stream().filter(KeptEvent::duplicate).count();
    return accepted(events.size() - duplicates, duplicates);
  }

  /// The status after which the provider sends a delivery again later and does not hold back what
  /// comes behind it: for deliveries beyond a limit of ours.
  default int tryLaterStatus() {
    return 503;
  }

  /// The answer to a GET with this query, for providers that ask whether an address is ours before
  /// they send to it; empty when there is no such question.
  default Optional<Answer> handshake(String query) {
    return Optional.empty();
  }
}
