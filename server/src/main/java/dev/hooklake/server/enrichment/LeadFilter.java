package dev.hooklake.server.enrichment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which lead events are meant; null takes all.
///
/// @param receivedFrom inclusive
/// @param receivedTo exclusive
public record LeadFilter(
    @Nullable String source,
    @Nullable String leadId,
    @Nullable EventStatus status,
    @Nullable Outcome outcome,
    @Nullable Instant receivedFrom,
    @Nullable Instant receivedTo) {
  public static final LeadFilter ALL = new LeadFilter(null, null, null, null, null, null);
}
