package dev.hooklake.server.reconciliation;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What channel tables would hold of a journal's events, decoded by the real source whenever it
/// catches up.
final class HeldInMemory implements HeldEvents {
  private final KeyedJournal journal;
  private final Source source;
  private final Map<String, Held> held = new HashMap<>();
  private final Map<String, Set<String>> counted = new HashMap<>();
  private int read;
  int caughtUp;

  /// With as many deliveries each as their number.
  int campaigns;

  HeldInMemory(KeyedJournal journal, Source source) {
    this.journal = journal;
    this.source = source;
  }

  @Override
  public void catchUp() {
    caughtUp++;
    while (read < journal.events.size()) {
      add(journal.events.get(read));
      read++;
    }
  }

  private void add(SourceEvent event) {
    Row row = ((Decoding.Understood) source.decode(event, Instant.EPOCH)).row();
    boolean machine = Boolean.TRUE.equals(row.value("is_machine"));
    String delivery = String.valueOf(row.value("delivery_id"));
    String metric = String.valueOf(row.value("metric"));
    held.computeIfAbsent(delivery, _ -> new Held()).add(metric, !machine, machine);
    counted
        .computeIfAbsent(row.value("event_date") + " " + metric, _ -> new HashSet<>())
        .add(delivery);
  }

  @Override
  public Map<String, Held> of(Collection<? extends ListedMessage> messages, LocalDate since) {
    var found = new HashMap<String, Held>();
    messages.forEach(message -> {
      Held of = held.get(message.deliveryId());
      if (of != null) {
        found.put(message.deliveryId(), of);
      }
    });
    return found;
  }

  @Override
  public void count(Days days, ZoneId zone, Counted rows) {
    counted.forEach((key, deliveries) -> {
      LocalDate day = LocalDate.parse(key.substring(0, 10));
      if (days.hold(day)) {
        rows.row(day, "email", key.substring(11), Parent.NONE, deliveries.size());
      }
    });
    for (int campaign = 1; campaign <= campaigns; campaign++) {
      rows.row(days.from(), "email", "sent", new Parent("campaign", campaign), campaign);
    }
  }
}
