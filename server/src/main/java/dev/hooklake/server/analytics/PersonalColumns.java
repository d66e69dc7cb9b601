package dev.hooklake.server.analytics;

import java.util.Set;

/// Columns of reports and tables that name a person.
public final class PersonalColumns {
  private static final Set<String> NAMES =
      Set.of("person", "customer_id", "person_id", "email_address", "recipient");

  private PersonalColumns() {}

  /// Whether a report tells about single people.
  public static boolean in(ViewDefinition report) {
    return report.columns().stream().anyMatch(column -> NAMES.contains(column.name()));
  }
}
