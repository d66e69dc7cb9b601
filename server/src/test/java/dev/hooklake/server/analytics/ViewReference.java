package dev.hooklake.server.analytics;

import java.util.List;
import java.util.stream.Collectors;

/// The views as people read them: the reference page, and the statements for other engines.
final class ViewReference {
  private static final String INTRODUCTION =
      """
      # Reports and the views below them

      Made from the files in `server/src/main/resources/dev/hooklake/server/analytics/views/`.

          ./hooklake report --list
          ./hooklake report email-engagement
          ./hooklake report campaign-performance --from 2026-03-01 --to 2026-03-31 --format csv
          ./hooklake report funnel --sql

      The SQL is the part that DuckDB, Spark and Databricks have in common: the same text runs in each
      and the tests compare the numbers. `deploy/spark/views.sql` creates every view in an engine that
      has the lake's tables under their names.

      What holds for all of them:

      - **Distinct deliveries.** A rate counts deliveries, not events: a delivery opened five times is
        opened once. Repeated, late and reordered events change nothing.
      - **No rate passes 100 %.** A rate compares a set with a part of itself, and a later step proves
        the earlier ones.
      - **People and machines side by side.** `opened` and `clicked` count everybody and everything;
        `human_opened` and `human_clicked` leave out what the provider flags as a machine's or
        prefetched, opens that were only deduced, and hasty clicks: less than 10 seconds after the
        delivery of an e-mail, or before it.
      - **UTC.** Days and hours are UTC, whatever the session's time zone.
      - **An empty denominator gives null**, not 0.
      - Rates are fractions, rounded to six places: 0.25 is 25 %.

      Two limits to know. A provider that reports only the first open of a delivery
      (Customer.io without `full_resolution`) may report the machine's and keep the person's to itself:
      then `human_opened` is too low. A provider that flags no machines (Resend) leaves only the rule
      of hasty clicks: then `human_opened` is too high.

      States of leads are in the operations database, not in the lake, and so in no view here.
      """;

  private ViewReference() {}

  static String markdown(ViewLibrary library) {
    List<ViewDefinition> below =
        library.views().stream().filter(view -> !library.reports().contains(view)).toList();
    return INTRODUCTION
        + "\n## Reports\n\n"
        + sections(library.reports())
        + "\n## Views below the reports\n\n"
        + "Definitions stand here once. Read them when a report's word is not enough, or build on"
        + " them.\n\n"
        + sections(below);
  }

  private static String sections(List<ViewDefinition> views) {
    return views.stream().map(ViewReference::section).collect(Collectors.joining("\n"));
  }

  private static String section(ViewDefinition view) {
    var text = new StringBuilder();
    text.append("### ").append(view.name()).append("\n\n");
    text.append("*").append(view.question()).append("*\n");
    view.notes().forEach(note -> text.append("\n").append(note).append("\n"));
    if (!view.columns().isEmpty()) {
      text.append("\n| column | meaning |\n|---|---|\n");
      view.columns().forEach(column -> text.append(row(column)));
    }
    return text.toString();
  }

  private static String row(ViewDefinition.Column column) {
    return "| `%s` | %s |\n".formatted(column.name(), column.meaning());
  }

  static String statements(ViewLibrary library) {
    return """
    -- The reports and the views below them, for Spark and Databricks SQL (and DuckDB).
    -- First make the lake's tables known under their names in the current schema, for example
    --   CREATE TABLE email_events USING DELTA LOCATION '<lake>/processed_events/email_events'
    -- for email, sms, push, in_app, whatsapp, slack, webhook, customer and lead, and provider_names. A
    -- table that does not exist yet, because nothing of its channel has landed or no provider was asked
    -- for names, must be created empty, with the columns of another channel or of docs/reference/tables.md.
    -- Definitions: docs/reference/views.md.

    """
        + library.createStatements();
  }
}
