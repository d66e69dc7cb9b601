package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.analytics.ViewLibrary;
import dev.hooklake.server.tracking.ExternalId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What happened to one message, or to one person, in the order it happened; newest first.
public final class Timeline {
  private static final int MOST = 200;
  private static final int MOST_IDS = 5;
  private static final String COLUMNS =
      "SELECT channel, source, event_id, metric, delivery_id, campaign_id, occurred_at, received_at,"
          + " is_machine FROM events ";
  private static final String NEWEST = " ORDER BY occurred_at DESC, received_at DESC";

  /// One event on it.
  public record Entry(
      String channel,
      String source,
      String key,
      String metric,
      String delivery,
      Instant occurredAt,
      Instant receivedAt,
      boolean machine) {

    public String kind() {
      return Kinds.ofMetric(metric);
    }
  }

  /// Entries, as many as are shown.
  ///
  /// @param cutOff there are more
  public record Entries(List<Entry> entries, boolean cutOff) {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  private final LakeQuestions lake;
  private final String events = "WITH events AS (" + ViewLibrary.load().selectBase("events") + ") ";

  public Timeline(LakeQuestions lake) {
    this.lake = lake;
  }

  Entries ofDelivery(String source, String delivery) throws IOException {
    return ask("WHERE source = ? AND delivery_id = ?", List.of(source, delivery));
  }

  /// Of a message under all its ids at providers, as many as are shown.
  Entries ofDeliveries(List<ExternalId> ids) throws IOException {
    var entries = new ArrayList<Entry>();
    boolean cutOff = ids.size() > MOST_IDS;
    for (ExternalId id : ids.stream().limit(MOST_IDS).toList()) {
      Entries some = ofDelivery(id.source(), id.id());
      entries.addAll(some.entries());
      cutOff |= some.cutOff();
    }
    entries.sort(Comparator.comparing(Entry::occurredAt).reversed());
    return new Entries(entries, cutOff);
  }

  /// Whose message this is; empty when no event of it has landed.
  Optional<String> sourceOf(String delivery) throws IOException {
    return ask("WHERE delivery_id = ?", List.of(delivery)).entries().stream()
        .map(Entry::source)
        .findFirst();
  }

  /// By an e-mail address, a phone number in any usual form, or a customer's id.
  Entries ofPerson(String who) throws IOException {
    String text = who.strip().toLowerCase(Locale.ROOT);
    String digits = text.replaceAll("[^0-9]", "");
    if (text.matches("[+0-9 ()./-]{7,}")) {
      return ask("WHERE regexp_replace(recipient, '[^0-9]', '', 'g') = ?", List.of(digits));
    }
    return ask(
        "WHERE email_address = ? OR recipient = ? OR lower(customer_id) = ? OR lower(cio_id) = ?",
        List.of(text, text, text, text));
  }

  private Entries ask(String where, List<String> parameters) throws IOException {
    ResultTable rows =
        lake.ask(
            events + COLUMNS + where + NEWEST,
            parameters,
            QueryLimits.of(QueryLimits.PAGE.time(), MOST));
    var entries = new ArrayList<Entry>();
    for (int row = 0; row < rows.rows().size(); row++) {
      entries.add(entry(rows, row));
    }
    return new Entries(entries, rows.cutOff());
  }

  private static Entry entry(ResultTable rows, int row) {
    Object delivery = rows.value(row, "delivery_id");
    return new Entry(
        String.valueOf(rows.value(row, "channel")),
        String.valueOf(rows.value(row, "source")),
        String.valueOf(rows.value(row, "event_id")),
        String.valueOf(rows.value(row, "metric")),
        delivery == null ? "" : delivery.toString(),
        Instant.parse(String.valueOf(rows.value(row, "occurred_at"))),
        Instant.parse(String.valueOf(rows.value(row, "received_at"))),
        Boolean.TRUE.equals(rows.value(row, "is_machine")));
  }
}
