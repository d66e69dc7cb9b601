package dev.hooklake.server.intake;

import dev.hooklake.sources.Verification;

/// What became of one delivery.
sealed interface Receipt {

  /// Every event of it is on disk: `stored` by this delivery, `duplicates` by an earlier one.
  record Stored(int stored, int duplicates) implements Receipt {}

  /// Its source does not vouch for it; nothing was written.
  record Refused(Verification.Refused refusal) implements Receipt {}

  /// Not stored, or not all of it; the sender should try again where the status says so.
  record Rejected(Rejection reason) implements Receipt {}
}
