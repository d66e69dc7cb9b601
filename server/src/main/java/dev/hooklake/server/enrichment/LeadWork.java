package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.contact.Contacts;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.c2s.LeadEvent;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One event while somebody works on it: what is stored, and what the steps have found so far.
final class LeadWork {
  private final StoredEvent event;
  private final LeadState lead;
  private final LeadEvent sent;
  private final Map<StepName, StepRecord> ended;
  private @Nullable Contacts contacts;

  LeadWork(StoredEvent event, LeadState lead, Map<StepName, StepRecord> ended) {
    this.event = event;
    this.lead = lead;
    this.sent =
        LeadEvent.read(Payload.of(event.payload()))
            .orElseThrow(() -> new IllegalStateException("a stored lead event can be read"));
    this.ended = new EnumMap<>(StepName.class);
    this.ended.putAll(ended);
  }

  StoredEvent event() {
    return event;
  }

  LeadState lead() {
    return lead;
  }

  /// The event as it was sent.
  LeadEvent sent() {
    return sent;
  }

  Optional<StepRecord> ended(StepName step) {
    return Optional.ofNullable(ended.get(step));
  }

  boolean endedWith(StepName step, String result) {
    return ended(step).filter(record -> record.result().equals(result)).isPresent();
  }

  boolean failed(StepName step) {
    return ended(step).filter(record -> record.state() == StepRecord.State.FAILED).isPresent();
  }

  void end(StepRecord record) {
    ended.put(record.step(), record);
  }

  Optional<Contacts> contacts() {
    return Optional.ofNullable(contacts);
  }

  void remember(Contacts found) {
    contacts = found;
  }
}
