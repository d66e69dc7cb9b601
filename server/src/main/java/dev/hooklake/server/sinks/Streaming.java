package dev.hooklake.server.sinks;

import dev.hooklake.journal.JournalRecord;
import dev.hooklake.server.operations.JournalEffect;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.sinks.Sink.Rejected;
import dev.hooklake.sources.Decoding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a sink makes of the journal: a row for each understood event.
///
/// The rows are committed at the sink first, then the place in the journal here. Whatever is killed
/// in between, the rows come again and are written over: nothing is missing, nothing is there
/// twice. While the sink does not serve, the journal keeps the events.
public final class Streaming implements JournalEffect, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final String name;
  private final BiFunction<JournalRecord, Instant, Decoding> decoder;
  private final Sink sink;
  private final SinkMeters meters;
  private Instant nextSweep = Instant.MIN;
  private Instant nextLook = Instant.MIN;

  /// @param decoder may fail only for records that no build of ours wrote
  Streaming(
      String name,
      BiFunction<JournalRecord, Instant, Decoding> decoder,
      Sink sink,
      SinkMeters meters) {
    this.name = name;
    this.decoder = decoder;
    this.sink = sink;
    this.meters = meters;
  }

  /// Into the table that the settings name; connects with the first events.
  public static Streaming into(
      SinkSettings settings,
      BiFunction<JournalRecord, Instant, Decoding> decoder,
      SinkMeters meters) {
    return new Streaming(settings.name(), decoder, settings.target().open(settings.name()), meters);
  }

  @Override
  public Work prepare(List<JournalRecord> records, Instant now) {
    List<SinkRow> rows = new ArrayList<>();
    for (JournalRecord record : records) {
      switch (decoder.apply(record, now)) {
        case Decoding.Understood(var row) -> SinkRow.of(row, now).ifPresent(rows::add);
        case Decoding.NotUnderstood _ -> {}
      }
    }
    List<Rejected> rejected = rows.isEmpty() ? List.of() : sink.write(rows);
    if (!rejected.isEmpty()) {
      LOG.warn(
          "Sink {} refused {} events for what is in them: {}",
          name,
          rejected.size(),
          rejected.getFirst().reason());
    }
    return new Batch(rows.size() - rejected.size(), rejected, now);
  }

  @Override
  public void tidy(OperationsDatabase database, Instant now) {
    if (!now.isBefore(nextSweep)) {
      database.change(handle -> SinkRejects.sweep(handle, now));
      nextSweep = now.plus(BETWEEN_SWEEPS);
    }
    if (!now.isBefore(nextLook)) {
      List<SinkRow> asked = SinkRejects.asked(database, name, now);
      if (!asked.isEmpty()) {
        resend(asked, database);
      }
      nextLook = now.plus(BETWEEN_LOOKS);
    }
  }

  private void resend(List<SinkRow> rows, OperationsDatabase database) {
    List<Rejected> rejected = sink.write(rows);
    database.change(handle -> SinkRejects.settle(handle, name, rows, rejected));
    LOG.info(
        "Sink {} took {} of {} events sent again",
        name,
        rows.size() - rejected.size(),
        rows.size());
    meters.count(rows.size() - rejected.size(), rejected.size());
  }

  @Override
  public void close() {
    sink.close();
  }

  private final class Batch implements Work {
    private final int written;
    private final List<Rejected> rejected;
    private final Instant now;

    Batch(int written, List<Rejected> rejected, Instant now) {
      this.written = written;
      this.rejected = rejected;
      this.now = now;
    }

    @Override
    public void store(Handle handle) {
      SinkRejects.put(handle, name, rejected, now);
    }

    @Override
    public void stored() {
      meters.count(written, rejected.size());
    }
  }
}
