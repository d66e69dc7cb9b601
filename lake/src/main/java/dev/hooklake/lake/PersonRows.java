package dev.hooklake.lake;

import dev.hooklake.sources.event.Row;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of a person in the lake: whose rows go.
///
/// @param events of which every row goes, in whichever table
/// @param links deliveries and leads of which every row goes
public record PersonRows(Set<Replacement.Key> events, Set<Link> links) {
  /// A delivery or a lead, by its source's id.
  public record Link(String source, String id) {}

  /// Columns whose value belongs to one person, so that all rows that have it are that person's.
  static final List<String> LINKS = List.of("delivery_id", "lead_id");

  public PersonRows {
    events = Set.copyOf(events);
    links = Set.copyOf(links);
  }

  /// The deliveries and leads that a row belongs to.
  public static Set<Link> links(Row row) {
    String source = String.valueOf(row.value("source"));
    return LINKS.stream()
        .filter(row.table()::has)
        .flatMap(column -> Optional.ofNullable(row.value(column)).stream())
        .map(id -> new Link(source, id.toString()))
        .collect(Collectors.toSet());
  }
}
