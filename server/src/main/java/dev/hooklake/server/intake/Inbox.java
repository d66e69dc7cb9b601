package dev.hooklake.server.intake;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import java.util.ArrayList;
import java.util.List;

/// Where one source's deliveries come in: verify, split, store.
///
/// Counts each event once as received and once as accepted, duplicate or rejected. A delivery that
/// is turned away before it was split counts as one event.
final class Inbox {
  private final Source source;
  private final Journal journal;
  private final InboxMeters meters;

  Inbox(Source source, Journal journal, InboxMeters meters) {
    this.source = source;
    this.journal = journal;
    this.meters = meters;
  }

  Source source() {
    return source;
  }

  InboxMeters meters() {
    return meters;
  }

  Receipt receive(Delivery delivery) throws InterruptedException {
    Verification verification = source.verify(delivery);
    if (verification instanceof Verification.Refused refused) {
      meters.refused(refused.reason());
      return new Receipt.Refused(refused);
    }
    meters.verified((Verification.Verified) verification);
    List<SourceEvent> events = source.split(delivery);
    meters.furtherEvents(events.size() - 1);
    return settle(append(events));
  }

  private List<AppendOutcome> append(List<SourceEvent> events) throws InterruptedException {
    if (events.size() == 1) {
      return journal.append(List.of(entry(events.getFirst())));
    }
    var entries = new ArrayList<Entry>(events.size());
    for (SourceEvent event : events) {
      entries.add(entry(event));
    }
    return journal.append(entries);
  }

  private static Entry entry(SourceEvent event) {
    return new Entry(
        EventKey.of(event.source(), event.eventKey()), EventCodec.encode(KeptHeaders.only(event)));
  }

  private Receipt settle(List<AppendOutcome> outcomes) {
    int stored = 0;
    int duplicates = 0;
    int full = 0;
    int failed = 0;
    for (AppendOutcome outcome : outcomes) {
      switch (outcome) {
        case AppendOutcome.Appended _ -> stored++;
        case AppendOutcome.Duplicate _ -> duplicates++;
        case AppendOutcome.Full _ -> full++;
        case AppendOutcome.Failed _ -> failed++;
      }
    }
    meters.settled(stored, duplicates, full, failed);
    if (failed > 0) {
      return new Receipt.Rejected(Rejection.JOURNAL_FAILED);
    }
    // The sender repeats the whole delivery; what was stored of it is then a duplicate.
    return full > 0
        ? new Receipt.Rejected(Rejection.JOURNAL_FULL)
        : new Receipt.Stored(stored, duplicates);
  }
}
