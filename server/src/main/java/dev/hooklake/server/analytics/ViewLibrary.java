package dev.hooklake.server.analytics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Our reports and the views below them, from the files in `views/`.
///
/// The SQL is the part that DuckDB and Spark (so Databricks) have in common: the same text runs in
/// both and gives the same numbers. It asks for nothing but the lake's tables.
public final class ViewLibrary {
  private static final String PERIOD = "period";
  private static final List<String> REPORTS =
      List.of(
          "webhook_summary",
          "email_engagement",
          "daily_engagement",
          "funnel",
          "campaign_performance",
          "newsletter_performance",
          "broadcast_performance",
          "transactional_performance",
          "journey_performance",
          "customer_engagement",
          "link_performance",
          "recipient_domain_performance",
          "time_to_open",
          "hour_of_week",
          "error_summary",
          "bounce_reasons",
          "unsubscribe_and_complaint_rates",
          "sms_errors",
          "lead_states");

  private final SequencedMap<String, ViewDefinition> views;

  private ViewLibrary(SequencedMap<String, ViewDefinition> views) {
    this.views = views;
  }

  public static ViewLibrary load() {
    var views = new LinkedHashMap<String, ViewDefinition>();
    REPORTS.forEach(name -> add(name, views));
    return new ViewLibrary(views);
  }

  private static void add(String name, Map<String, ViewDefinition> views) {
    if (!views.containsKey(name)) {
      ViewDefinition view = ViewFile.read(name).definition();
      view.uses().forEach(used -> add(used, views));
      views.put(name, view);
    }
  }

  /// The views for people, in the order of the documentation.
  public List<ViewDefinition> reports() {
    return REPORTS.stream().map(this::view).toList();
  }

  /// A report by its name, written with `_` or with `-`.
  public Optional<ViewDefinition> report(String name) {
    String plain = name.replace('-', '_');
    return REPORTS.contains(plain) ? Optional.of(view(plain)) : Optional.empty();
  }

  /// Every view, each after those it uses.
  public List<ViewDefinition> views() {
    return List.copyOf(views.values());
  }

  /// One statement that answers the report from the lake's tables alone.
  public String select(ViewDefinition report, ReportPeriod period) {
    return select(report, period, List.of());
  }

  /// The same where some views are at hand as tables.
  String select(ViewDefinition report, ReportPeriod period, List<String> tables) {
    var used = new LinkedHashMap<String, String>();
    report.uses().forEach(name -> use(name, period, tables, used));
    if (used.isEmpty()) {
      return report.select();
    }
    String with =
        used.entrySet().stream()
            .map(view -> view.getKey() + " AS (\n" + view.getValue() + "\n)")
            .collect(Collectors.joining(",\n", "WITH ", "\n"));
    return with + report.select();
  }

  /// A view below the reports as one statement over the lake's tables.
  public String selectBase(String name) {
    return selectBase(name, ReportPeriod.ALL, List.of());
  }

  /// The same for a period, where some views are at hand as tables.
  String selectBase(String name, ReportPeriod period, List<String> tables) {
    return select(view(name), period, tables);
  }

  /// The view's own select, over the views it uses.
  String selectOf(String name) {
    return view(name).select();
  }

  private void use(
      String name, ReportPeriod period, List<String> tables, Map<String, String> used) {
    if (tables.contains(name) || used.containsKey(name)) {
      return;
    }
    ViewDefinition view = view(name);
    view.uses().forEach(below -> use(below, period, tables, used));
    used.put(name, name.equals(PERIOD) ? period.select() : view.select());
  }

  /// Statements that create every view in an engine which has the lake's tables under their names.
  public String createStatements() {
    return views.values().stream()
        .map(view -> "CREATE OR REPLACE VIEW %s AS\n%s;\n".formatted(view.name(), view.select()))
        .collect(Collectors.joining("\n"));
  }

  private ViewDefinition view(String name) {
    ViewDefinition view = views.get(name);
    if (view == null) {
      throw new IllegalArgumentException("there is no view " + name);
    }
    return view;
  }
}
