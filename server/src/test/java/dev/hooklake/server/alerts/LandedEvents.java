package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Origin;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A real lake that events of Customer.io land in, at times of one's choice.
public final class LandedEvents implements AutoCloseable {
  private final Source source =
      new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("a test key"))));
  private final List<SequencedRow> rows = new ArrayList<>();
  private final Lake lake;
  private final LakeQuestions questions;
  private long sequence;
  private long committed;

  public LandedEvents(Path directory) throws IOException {
    LakeSettings settings = LakeSettings.in(directory);
    this.lake = Lake.open(settings, UUID.randomUUID(), InstantSource.fixed(Instant.EPOCH));
    this.questions = new LakeQuestions(LakeReader.open(settings), 1, new SqlLimits(1, 256));
  }

  public LakeQuestions questions() {
    return questions;
  }

  /// An event with more members in its data: `email(now, "sent", "\"mood\": \"fine\"")`.
  public void email(Instant at, String metric, String more) {
    event(at, "/", emailBody(at, metric, more));
  }

  /// An event that we fetched from the provider at that time.
  public void backfilled(Instant at, String metric) {
    event(at, Origin.backfillPath("/v1/messages"), emailBody(at, metric, ""));
  }

  private String emailBody(Instant at, String metric, String more) {
    String members = more.isEmpty() ? "" : ", " + more;
    return """
    {"event_id": "e-%d", "object_type": "email", "metric": "%s", "timestamp": %d,
     "data": {"delivery_id": "d-%d", "recipient": "dana@customer.example"%s}}\
    """
        .formatted(sequence + 1, metric, at.getEpochSecond(), sequence + 1, members);
  }

  public void body(Instant at, String body) {
    event(at, "/", body);
  }

  private void event(Instant at, String path, String body) {
    sequence++;
    var event =
        new SourceEvent(
            "customerio", "e-" + sequence, at, path, Headers.NONE, "", Payload.of(body));
    Row derived =
        switch (source.decode(event, at)) {
          case Decoding.Understood understood -> understood.row();
          case Decoding.NotUnderstood why -> LandingRows.quarantine(event, sequence, why, at);
        };
    rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
    rows.add(new SequencedRow(sequence, derived));
  }

  public void land() throws Exception {
    assertThat(lake.commit(new Batch(committed + 1, sequence, rows)))
        .isInstanceOf(CommitOutcome.Committed.class);
    committed = sequence;
    rows.clear();
  }

  @Override
  public void close() {
    questions.close();
    lake.close();
  }
}
