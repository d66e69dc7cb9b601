package dev.hooklake.server.reconciliation;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/// The provider's counts of one parent on one day of a zone, by metric in our words.
public record Reported(Parent parent, ZoneId zone, LocalDate day, Map<String, Long> counts) {
  public Reported {
    counts = Map.copyOf(counts);
  }
}
