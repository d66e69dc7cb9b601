package dev.hooklake.server.admin;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.Journal;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.pipeline.LakePipeline;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Tables;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Finds an event as it was received: in the landing table, or in the journal before it is there.
public final class EventFinder {
  private static final String LANDED =
      "SELECT * FROM webhook_landing WHERE source = ? AND event_key = ? LIMIT 1";

  private final LakeQuestions lake;
  private final Journal journal;
  private final LakePipeline pipeline;

  public EventFinder(LakeQuestions lake, Journal journal, LakePipeline pipeline) {
    this.lake = lake;
    this.journal = journal;
    this.pipeline = pipeline;
  }

  public Optional<FoundEvent> find(String source, String key) throws IOException {
    // The journal first: what leaves it meanwhile is then found in the lake.
    long landed = Math.max(0, pipeline.progress().landedThrough());
    Optional<FoundEvent> waiting =
        journal
            .find(EventKey.of(source, key), landed)
            .flatMap(record ->
                EventCodec.event(record)
                    .map(event -> new FoundEvent(event, record.sequence(), true)));
    return waiting.isPresent() ? waiting : landed(source, key);
  }

  private Optional<FoundEvent> landed(String source, String key) throws IOException {
    ResultTable rows = lake.ask(LANDED, List.of(source, key), QueryLimits.PAGE);
    if (rows.rows().isEmpty()) {
      return Optional.empty();
    }
    Row row = row(rows);
    long sequence = (Long) Objects.requireNonNull(row.value("journal_position"));
    return Optional.of(new FoundEvent(LandingRows.event(row), sequence, false));
  }

  private static Row row(ResultTable rows) {
    Row.Builder row = Row.in(Tables.LANDING);
    for (String column : rows.columns()) {
      Object value = rows.value(0, column);
      if (value != null) {
        row.set(column, typed(column, value));
      }
    }
    return row.build();
  }

  private static Object typed(String column, Object plain) {
    return switch (column) {
      case "received_at" -> Instant.parse((String) plain);
      case "date_partition" -> LocalDate.parse((String) plain);
      case "journal_position" -> ((Number) plain).longValue();
      default -> plain;
    };
  }
}
