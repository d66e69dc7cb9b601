package dev.hooklake.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.enrichment.EventStatus;
import dev.hooklake.server.enrichment.LeadFilter;
import dev.hooklake.server.enrichment.LeadPage;
import dev.hooklake.server.enrichment.Leads;
import dev.hooklake.server.enrichment.Outcome;
import dev.hooklake.server.enrichment.StoredEvent;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The list of lead events as a page shows it.
///
/// @param mayReprocess the viewer is an operator and enrichment is on
public record LeadList(
    Map<EventStatus, Long> counts, Filter filter, LeadPage page, boolean mayReprocess) {
  private static final int MOST = 50;

  static LeadList of(Leads leads, Filter filter, @Nullable String after, boolean mayReprocess) {
    return new LeadList(
        leads.counts(), filter, leads.list(filter.asked(), MOST, after), mayReprocess);
  }

  public List<EventStatus> states() {
    return List.of(EventStatus.values());
  }

  public List<String> outcomes() {
    return Arrays.stream(Outcome.values()).map(Outcome::label).toList();
  }

  public long count(EventStatus state) {
    return counts.getOrDefault(state, 0L);
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  public String kind(EventStatus state) {
    return Kinds.ofLead(state);
  }

  /// What a state means, in a few words.
  public String meaning(EventStatus state) {
    return switch (state) {
      case RECEIVED -> "stored, nobody has begun";
      case PROCESSING -> "under way, or waiting to try again";
      case COMPLETED -> "ended";
      case FAILED -> "given up, waiting for you";
    };
  }

  /// How an event ended, or why not yet.
  public String end(StoredEvent event) {
    Outcome outcome = event.outcome();
    if (outcome != null) {
      return Show.words(outcome.label());
    }
    String reason = event.errorMessage();
    return reason == null ? "" : Masking.quoted(reason);
  }

  /// What the list is narrowed to; texts as they were given, empty for all.
  public record Filter(String status, String outcome, String lead) {

    static Filter of(UnaryOperator<String> given) {
      return new Filter(given.apply("status"), given.apply("outcome"), given.apply("lead").strip());
    }

    /// A word that is no state or end narrows nothing.
    LeadFilter asked() {
      return new LeadFilter(
          null,
          lead.isEmpty() ? null : lead,
          EventStatus.of(status).orElse(null),
          Outcome.of(outcome).orElse(null),
          null,
          null);
    }

    public boolean any() {
      return !asked().equals(LeadFilter.ALL);
    }

    /// As the query of a link.
    public String query() {
      return "status="
          + encoded(status)
          + "&outcome="
          + encoded(outcome)
          + "&lead="
          + encoded(lead);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, UTF_8);
    }
  }
}
