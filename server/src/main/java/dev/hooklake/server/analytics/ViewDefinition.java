package dev.hooklake.server.analytics;

import java.util.List;

/// One of our SQL views: the question it answers, what each column counts, and the select.
///
/// @param notes what holds for the whole view
/// @param uses the views it reads, besides the lake's tables
/// @param select the statement; only names of tables and of used views stand behind FROM
public record ViewDefinition(
    String name,
    String title,
    String question,
    List<String> notes,
    List<Column> columns,
    List<String> uses,
    String select) {
  public ViewDefinition {
    notes = List.copyOf(notes);
    columns = List.copyOf(columns);
    uses = List.copyOf(uses);
  }

  /// A column of the result.
  public record Column(String name, String meaning) {}
}
