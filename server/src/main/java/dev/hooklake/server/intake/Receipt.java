package dev.hooklake.server.intake;

import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.KeptEvent;
import dev.hooklake.sources.Verification;
import java.util.List;

/// What became of one delivery.
sealed interface Receipt {

  /// Every event of it is on disk, by this delivery or by an earlier one.
  record Stored(Delivery delivery, List<KeptEvent> events) implements Receipt {}

  /// Its source does not vouch for it; nothing was written.
  record Refused(Verification.Refused refusal) implements Receipt {}

  /// Not stored, or not all of it; the sender should try again where the status says so.
  record Rejected(Rejection reason) implements Receipt {}
}
