package dev.hooklake.lake;

import java.util.Set;

/// What is known of a person in the lake: whose rows go.
///
/// @param events of which every row goes, in whichever table
/// @param links deliveries and leads of which every row goes
public record PersonRows(Set<Replacement.Key> events, Set<Link> links) {
  /// A delivery or a lead, by its source's id.
  public record Link(String source, String id) {}

  public PersonRows {
    events = Set.copyOf(events);
    links = Set.copyOf(links);
  }
}
