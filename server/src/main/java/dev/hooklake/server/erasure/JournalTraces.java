package dev.hooklake.server.erasure;

import dev.hooklake.journal.EmbeddedJournal;
import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.PersonRows;
import dev.hooklake.lake.PersonRows.Link;
import dev.hooklake.lake.Replacement;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.server.pipeline.UnreadableRecord;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds a person in the journal, and overwrites what it holds of them. One erasure's.
final class JournalTraces {
  private final EmbeddedJournal journal;
  private final RecordDecoder decoder;
  private final NamesPerson names;
  private final InstantSource clock;

  /// Records that name the person.
  private final Set<Long> naming = new HashSet<>();

  JournalTraces(
      EmbeddedJournal journal, RecordDecoder decoder, NamesPerson names, InstantSource clock) {
    this.journal = journal;
    this.decoder = decoder;
    this.names = names;
    this.clock = clock;
  }

  /// The events, deliveries and leads of the records that name the person. They may not be in the
  /// lake yet, and nothing else may tell that the rest of a delivery is the person's.
  PersonRows find() throws IOException, InterruptedException {
    var events = new HashSet<Replacement.Key>();
    var links = new HashSet<Link>();
    journal.erase(record -> {
      if (names.in(record)) {
        naming.add(record.sequence());
        event(record, events);
        links.addAll(links(record));
      }
      // Nothing goes before all of this is written down.
      return false;
    });
    return new PersonRows(events, links);
  }

  /// Overwrites what was found; returns how many records.
  int overwriteFound() throws IOException, InterruptedException {
    return naming.isEmpty()
        ? 0
        : journal.erase(record -> naming.contains(record.sequence())).records();
  }

  /// Overwrites all records of the person that are left.
  int overwrite(PersonRows person) throws IOException, InterruptedException {
    Set<EventKey> keys =
        person.events().stream()
            .map(event -> EventKey.of(event.source(), event.eventKey()))
            .collect(Collectors.toSet());
    return journal
        .erase(record ->
            keys.contains(record.key())
                || names.in(record)
                || (!person.links().isEmpty()
                    && !Collections.disjoint(person.links(), links(record))))
        .records();
  }

  private static void event(JournalRecord record, Set<Replacement.Key> events) {
    try {
      SourceEvent event = EventCodec.decode(record.payload());
      events.add(new Replacement.Key(event.source(), event.eventKey()));
    } catch (UnreadableRecord e) {
      // Only its bytes name the person; no consumer makes rows of it.
    }
  }

  private Set<Link> links(JournalRecord record) {
    return switch (decoder.decode(record, clock.instant())) {
      case Decoding.Understood(Row row) -> PersonRows.links(row);
      case Decoding.NotUnderstood _ -> Set.of();
    };
  }
}
