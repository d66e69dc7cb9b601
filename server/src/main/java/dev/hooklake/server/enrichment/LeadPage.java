package dev.hooklake.server.enrichment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some lead events, newest first.
///
/// @param next the id to go on behind; null when this is the last page
public record LeadPage(List<StoredEvent> events, @Nullable String next) {
  public static final int MAX_LIMIT = 500;

  public LeadPage {
    events = List.copyOf(events);
  }
}
