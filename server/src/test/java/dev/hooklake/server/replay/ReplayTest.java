package dev.hooklake.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.analytics.LakeSql;
import dev.hooklake.server.analytics.ResultReader;
import dev.hooklake.server.analytics.SqlLimits;
import dev.hooklake.server.replay.ReplayReport.Move;
import dev.hooklake.sources.Decoding.NotUnderstood;
import dev.hooklake.sources.Decoding.Reason;
import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import dev.hooklake.sources.signature.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");
  private static final InstantSource LATER =
      InstantSource.fixed(Instant.parse("2026-03-09T08:00:00Z"));
  private static final ReplayRange THAT_DAY =
      new ReplayRange(
          Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z"), null);
  private static final SqlLimits LIMITS = new SqlLimits(1, 128);

  private final Source source =
      new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("a test key"))));
  private final List<SequencedRow> rows = new ArrayList<>();
  @TempDir Path folder;
  private long sequence;

  private SourceEvent event(String from, String objectType, Instant receivedAt) {
    sequence++;
    String key = "key-" + sequence;
    String body =
        "{\"event_id\":\"%s\",\"object_type\":\"%s\",\"metric\":\"sent\",\"timestamp\":1772452800,\"data\":{\"delivery_id\":\"d\",\"identifiers\":{\"id\":\"u\"}}}"
            .formatted(key, objectType);
    var event = new SourceEvent(from, key, receivedAt, "/", Headers.NONE, "", Payload.of(body));
    rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
    return event;
  }

  private void derived(Row row) {
    rows.add(new SequencedRow(sequence, row));
  }

  private Row typed(SourceEvent event) {
    return ((Understood) source.decode(event, NOON)).row();
  }

  private Row quarantined(SourceEvent event) {
    return LandingRows.quarantine(
        event, sequence, new NotUnderstood(Reason.DECODER_FAILED, "as it was then"), NOON);
  }

  private void land() throws Exception {
    try (Lake lake = Lake.open(LakeSettings.in(folder), UUID.randomUUID(), LATER)) {
      assertThat(lake.commit(new Batch(1, sequence, rows)))
          .isInstanceOf(CommitOutcome.Committed.class);
    }
  }

  private ReplayReport replay(ReplayRange range, boolean dryRun) throws Exception {
    LakeSettings settings = LakeSettings.in(folder);
    try (LakeSql before = LakeSql.open(LakeReader.open(settings), LIMITS);
        Lake lake = Lake.open(settings, UUID.randomUUID(), LATER)) {
      return new Replay(before, lake, List.of(source), LATER).run(range, dryRun, _ -> {});
    }
  }

  @Test
  void onlyWhatIsInQuarantineForOneReasonMayBeReplayed() throws Exception {
    derived(quarantined(event("customerio", "email", NOON)));
    SourceEvent other = event("customerio", "email", NOON);
    derived(
        LandingRows.quarantine(
            other, sequence, new NotUnderstood(Reason.METRIC_MISSING, "as it was then"), NOON));
    SourceEvent lost = event("customerio", "email", NOON);
    land();

    var range =
        new ReplayRange(THAT_DAY.from(), THAT_DAY.to(), "customerio", Reason.DECODER_FAILED.name());
    assertThat(replay(range, true).changed()).isEqualTo(1);
    ReplayReport report = replay(range, false);

    assertThat(report.examined()).isEqualTo(1);
    assertThat(keys(Tables.QUARANTINE)).containsExactly(other.eventKey());
    assertThat(keys(typed(lost).table())).containsExactly("key-1");
  }

  private List<String> keys(Table table) throws Exception {
    var keys = new ArrayList<String>();
    String column = table.name().endsWith("_events") ? "event_id" : "event_key";
    try (LakeSql lake = LakeSql.open(LakeReader.open(LakeSettings.in(folder)), LIMITS)) {
      lake.query(
          "SELECT " + column + " FROM " + table.name() + " ORDER BY 1",
          List.of(),
          new ResultReader() {
            @Override
            public void columns(List<String> names) {}

            @Override
            public void row(List<Object> values) {
              keys.add(String.valueOf(values.getFirst()));
            }

            @Override
            public void end() {}
          });
    }
    return keys;
  }

  private static Table table(String name) {
    return Tables.byName(name).orElseThrow();
  }

  @Test
  void whatAMendedDecoderUnderstandsLeavesQuarantine() throws Exception {
    derived(typed(event("customerio", "email", NOON)));
    derived(quarantined(event("customerio", "email", NOON)));
    derived(quarantined(event("customerio", "sms", NOON)));
    derived(quarantined(event("customerio", "hologram", NOON)));
    land();
    ReplayReport report = replay(THAT_DAY, false);
    assertThat(report.examined()).isEqualTo(4);
    assertThat(report.moves())
        .isEqualTo(
            Map.of(
                new Move("quarantine", "email_events"), 1L,
                new Move("quarantine", "sms_events"), 1L,
                // Still not understood, but for another reason.
                new Move("quarantine", "quarantine"), 1L));
    assertThat(keys(table("email_events"))).containsExactly("key-1", "key-2");
    assertThat(keys(table("sms_events"))).containsExactly("key-3");
    assertThat(keys(Tables.QUARANTINE)).containsExactly("key-4");
    assertThat(keys(Tables.LANDING)).containsExactly("key-1", "key-2", "key-3", "key-4");
  }

  @Test
  void aSecondReplayChangesNothingNotEvenAVersion() throws Exception {
    derived(quarantined(event("customerio", "email", NOON)));
    land();
    replay(THAT_DAY, false);
    LakeReader lake = LakeReader.open(LakeSettings.in(folder));
    long version = lake.snapshot(table("email_events")).orElseThrow().version();
    assertThat(replay(THAT_DAY, false).changed()).isZero();
    assertThat(lake.snapshot(table("email_events")).orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void aDryRunOnlySaysWhatWouldChange() throws Exception {
    derived(quarantined(event("customerio", "email", NOON)));
    land();
    assertThat(replay(THAT_DAY, true).changed()).isEqualTo(1);
    assertThat(keys(Tables.QUARANTINE)).containsExactly("key-1");
    assertThat(keys(table("email_events"))).isEmpty();
  }

  @Test
  void anEventThatABrokenOffReplayLeftInTwoTablesIsInOneAgain() throws Exception {
    SourceEvent event = event("customerio", "email", NOON);
    derived(typed(event));
    derived(quarantined(event));
    land();
    assertThat(replay(THAT_DAY, false).moves())
        .isEqualTo(Map.of(new Move("email_events + quarantine", "email_events"), 1L));
    assertThat(keys(table("email_events"))).containsExactly("key-1");
    assertThat(keys(Tables.QUARANTINE)).isEmpty();
  }

  @Test
  void aRowThatIsMissingOrWrittenTwiceIsThereOnceAfterwards() throws Exception {
    event("customerio", "email", NOON);
    SourceEvent twice = event("customerio", "email", NOON);
    derived(typed(twice));
    derived(typed(twice));
    land();
    assertThat(replay(THAT_DAY, false).moves())
        .isEqualTo(
            Map.of(
                new Move("nothing", "email_events"), 1L,
                new Move("email_events + email_events", "email_events"), 1L));
    assertThat(keys(table("email_events"))).containsExactly("key-1", "key-2");
  }

  @Test
  void theRangeIncludesItsStartAndNotItsEnd() throws Exception {
    derived(quarantined(event("customerio", "email", NOON.minusNanos(1_000))));
    derived(quarantined(event("customerio", "email", NOON)));
    derived(quarantined(event("customerio", "email", NOON.plusNanos(1_000))));
    land();
    replay(new ReplayRange(NOON, NOON.plusNanos(1_000), null), false);
    assertThat(keys(table("email_events"))).containsExactly("key-2");
    assertThat(keys(Tables.QUARANTINE)).containsExactly("key-1", "key-3");
  }

  @Test
  void sourcesThatAreNotConfiguredOrNotMeantStayAsTheyAre() throws Exception {
    derived(quarantined(event("elsewhere", "email", NOON)));
    derived(quarantined(event("customerio", "email", NOON)));
    land();
    ReplayReport all = replay(THAT_DAY, true);
    assertThat(all.skipped()).isEqualTo(1);
    assertThat(all.changed()).isEqualTo(1);
    var other = new ReplayRange(THAT_DAY.from(), THAT_DAY.to(), "elsewhere");
    assertThat(replay(other, true).examined()).isZero();
  }
}
