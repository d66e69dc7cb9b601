package dev.hooklake.server.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hooklake.server.operations.TargetAway;
import dev.hooklake.testkit.bigquery.BigQueryFake;
import dev.hooklake.testkit.http.Fault;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Google's own client against a BigQuery of ours.
class BigQueryTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  private final BigQueryFake fake = new BigQueryFake();
  private final Sink sink =
      new BigQueryTarget("p", "d", "hooklake_events", null, fake.url()).open("warehouse");

  @AfterEach
  void close() {
    sink.close();
    fake.close();
  }

  @Test
  void theTableIsMadeAndEveryEventIsARowOnce() {
    List<SinkRow> rows = IntStream.range(0, 1_200).mapToObj(i -> row("e-" + i, "{}")).toList();

    assertThat(sink.write(rows)).isEmpty();
    assertThat(sink.write(rows.subList(300, 900))).isEmpty();

    assertThat(fake.columns("hooklake_events"))
        .containsExactly(
            "source",
            "event_id",
            "event_type",
            "customer_id",
            "email_address",
            "campaign_id",
            "delivery_id",
            "timestamp",
            "inserted_at",
            "event");
    assertThat(fake.rows()).hasSize(1_200);
    JsonNode first = fake.rows().getFirst();
    assertThat(first.path("event_type").asText()).isEqualTo("email.opened");
    assertThat(first.path("campaign_id").asLong()).isEqualTo(42);
  }

  @Test
  void aTableThatLacksColumnsGetsThemAndKeepsItsOwn() {
    fake.hasTable("hooklake_events", "ours", "event_id", "source");

    assertThat(sink.write(List.of(row("e-1", "{}")))).isEmpty();

    assertThat(fake.columns("hooklake_events"))
        .startsWith("ours", "event_id", "source")
        .contains("event", "inserted_at");
    assertThat(fake.rows()).hasSize(1);
  }

  @Test
  void aRowThatIsRefusedIsGivenBackAndTheOthersArrive() {
    List<Sink.Rejected> rejected =
        sink.write(List.of(row("e-1", "{}"), row("e-2", "{\"a\": \"\\u0000\"}"), row("e-3", "{}")));

    assertThat(rejected).hasSize(1);
    assertThat(rejected.getFirst().row().eventId()).isEqualTo("e-2");
    assertThat(rejected.getFirst().reason()).isEqualTo("BigQuery says invalid of event");
    assertThat(fake.rows()).hasSize(2);
  }

  @Test
  void quotasFaultsAndSilenceAreForTheConsumerToTryAgain() {
    sink.write(List.of(row("e-0", "{}")));
    List<SinkRow> rows = List.of(row("e-1", "{}"));
    fake.nextError(403, "quotaExceeded");
    assertThatThrownBy(() -> sink.write(rows))
        .isInstanceOf(TargetAway.class)
        .hasMessageContaining("403, quotaExceeded");
    fake.nextError(503, "backendError");
    assertThatThrownBy(() -> sink.write(rows))
        .isInstanceOf(TargetAway.class)
        .hasMessageContaining("503");
    fake.next(new Fault.CutOff());
    assertThatThrownBy(() -> sink.write(rows)).isInstanceOf(TargetAway.class);

    assertThat(sink.write(rows)).isEmpty();

    assertThat(fake.rows()).hasSize(2);
  }

  @Test
  void whatIsTakenIsNotWrittenAgainWhenTheRestComesLate() {
    List<SinkRow> rows = IntStream.range(0, 600).mapToObj(i -> row("e-" + i, "{}")).toList();
    fake.nextRowError(7, "timeout", "the back end took too long");
    assertThatThrownBy(() -> sink.write(rows))
        .isInstanceOf(TargetAway.class)
        .hasMessageContaining("timeout");
    assertThat(fake.rows()).hasSize(499);
    fake.forgetInsertIds();

    assertThat(sink.write(rows)).isEmpty();

    assertThat(fake.rows())
        .extracting(row -> row.path("event_id").asText())
        .doesNotHaveDuplicates()
        .hasSize(600);
  }

  @Test
  void aColumnThatBigQueryDoesNotKnowYetRejectsNothing() {
    fake.nextRowError(0, "invalid", "no such field: inserted_at.");

    assertThatThrownBy(() -> sink.write(List.of(row("e-1", "{}")))).isInstanceOf(TargetAway.class);

    assertThat(sink.write(List.of(row("e-1", "{}")))).isEmpty();
    assertThat(fake.rows()).hasSize(1);
  }

  @Test
  void requestsAreCutBySizeAndOnlyARowThatIsTooLargeItselfIsRejected() {
    String large = json(4_000_000);
    List<SinkRow> rows =
        List.of(
            row("e-1", large),
            row("e-2", large),
            row("e-3", large),
            row("e-4", json(10_000_000)),
            row("e-5", "{}"));

    assertThat(sink.write(rows))
        .extracting(rejected -> rejected.row().eventId() + ": " + rejected.reason())
        .containsExactly("e-4: it is larger than the 10 MB that BigQuery takes");
    assertThat(fake.rows()).hasSize(4);
  }

  @Test
  void whatBigQueryFindsTooLargeIsHalved() {
    fake.takesAtMost(5_000);
    List<SinkRow> rows =
        IntStream.range(0, 9).mapToObj(i -> row("e-" + i, json(i == 4 ? 6_000 : 1_000))).toList();

    assertThat(sink.write(rows))
        .extracting(rejected -> rejected.row().eventId())
        .containsExactly("e-4");
    assertThat(fake.rows()).hasSize(8);
  }

  @Test
  void timesAreSentToTheMicrosecond() {
    Instant fine = NOW.plusNanos(123_456_789);
    var row =
        new SinkRow("customerio", "e-1", "email.opened", null, null, 42L, null, fine, fine, "{}");

    assertThat(sink.write(List.of(row))).isEmpty();

    assertThat(fake.rows().getFirst().path("inserted_at").asText())
        .isEqualTo("2026-01-05T09:00:00.123456Z");
  }

  private static String json(int characters) {
    return "{\"a\": \"" + "x".repeat(characters) + "\"}";
  }

  private static SinkRow row(String id, String event) {
    return new SinkRow("customerio", id, "email.opened", null, null, 42L, "d-1", NOW, NOW, event);
  }
}
