package dev.hooklake.server.enrichment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lead event with its steps in the order in which they ended.
///
/// @param note how far its note is: ready, sending, sent; null when there is none
public record LeadDetails(StoredEvent event, List<StepRecord> steps, @Nullable String note) {
  public LeadDetails {
    steps = List.copyOf(steps);
  }
}
