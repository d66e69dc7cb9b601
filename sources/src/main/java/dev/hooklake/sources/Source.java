package dev.hooklake.sources;

import java.time.Instant;
import java.util.List;

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
}
