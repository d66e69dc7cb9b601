package dev.hooklake.server.pipeline;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Derives the rows of one journal record: its landing row, and a row of a channel table or of
/// quarantine. A decoder that fails puts the event into quarantine; it never stops the pipeline.
/// Used by one thread: each consumer has its own.
public final class RecordDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

  private static final Decoding ERASED =
      new Decoding.NotUnderstood(Decoding.Reason.DECODER_FAILED, "the event was erased");

  private final Map<String, Source> sources;
  private String lastFault = "";

  /// Decodes with these sources, by name.
  public RecordDecoder(Map<String, Source> sources) {
    this.sources = Map.copyOf(sources);
  }

  /// What the record means, for consumers that need no landing row.
  public Decoding decode(JournalRecord record, Instant now) {
    return EventCodec.event(record)
        .map(event -> decode(event, record.sequence(), now))
        .orElse(ERASED);
  }

  /// Empty when the event was erased.
  List<SequencedRow> rows(JournalRecord record, Instant now) {
    long sequence = record.sequence();
    return EventCodec.event(record)
        .map(event ->
            List.of(
                new SequencedRow(sequence, LandingRows.landing(event, sequence)),
                new SequencedRow(sequence, derived(event, sequence, now))))
        .orElse(List.of());
  }

  /// The row of a channel table or of quarantine that today's decoders make of an event.
  public Row derived(SourceEvent event, long sequence, Instant now) {
    return switch (decode(event, sequence, now)) {
      case Decoding.Understood(Row row) -> row;
      case Decoding.NotUnderstood why -> LandingRows.quarantine(event, sequence, why, now);
    };
  }

  private Decoding decode(SourceEvent event, long sequence, Instant now) {
    Source source = sources.get(event.source());
    if (source == null) {
      return new Decoding.NotUnderstood(
          Decoding.Reason.SOURCE_UNKNOWN,
          "the source is no longer configured; configure it again and replay");
    }
    try {
      return source.decode(event, now);
    } catch (RuntimeException e) {
      tell(e, event.source(), sequence);
      return new Decoding.NotUnderstood(
          Decoding.Reason.DECODER_FAILED,
          "the decoder failed with " + e.getClass().getSimpleName() + "; replay once it is mended");
    }
  }

  /// One line for a fault, not one for each of the thousand events that meet it in a row.
  private void tell(RuntimeException e, String source, long sequence) {
    String fault = FaultTrace.of(e);
    if (!fault.equals(lastFault)) {
      LOG.error(
          "Decoder failed; event quarantined: source={} sequence={} {}", source, sequence, fault);
      lastFault = fault;
    }
  }
}
