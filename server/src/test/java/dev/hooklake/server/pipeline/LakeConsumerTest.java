package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.fake.MemoryJournal;
import dev.hooklake.server.fake.MemoryLake;
import dev.hooklake.server.fake.PlainSource;
import dev.hooklake.server.pipeline.LakeProgress.State;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.event.Tables;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LakeConsumerTest {
  private static final Cadence CADENCE =
      new Cadence(8, 10_000, 4, Duration.ofSeconds(5), Duration.ofSeconds(30));
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(60));

  private final ManualClock clock = new ManualClock();
  private final MemoryJournal journal = new MemoryJournal(clock);
  private final MemoryLake lake = new MemoryLake();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private LakeConsumer consumer;

  @BeforeEach
  void open() {
    consumer = consumer(Map.of("plain", new PlainSource()));
  }

  @Test
  void everyEventLandsOnceAndIsDerivedOnce() throws InterruptedException {
    append("a", "b", "c", "d");
    step(3);

    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
    assertThat(lake.rows(Tables.QUARANTINE)).hasSize(4);
    assertThat(journal.passed).isEqualTo(4);
  }

  @Test
  void aFullBatchIsCommittedAtOnce() throws InterruptedException {
    append("a", "b", "c", "d", "e");
    step(3);

    assertThat(lake.attempts).hasSize(1);
    assertThat(lake.attempts.getFirst().lastSequence()).isEqualTo(4);
  }

  @Test
  void aBatchOfManyBytesIsFullToo() throws InterruptedException {
    append("x".repeat(11_000));
    step(3);

    assertThat(lake.attempts).hasSize(1);
  }

  @Test
  void aBatchIsFullByWhatItsTextsTakeInMemory() throws InterruptedException {
    append("x".repeat(1_300) + "ж");
    step(3);

    assertThat(lake.attempts).hasSize(1);
  }

  @Test
  void aBusyBatchWaitsFiveSeconds() throws InterruptedException {
    append("a", "b");
    step(2);
    clock.advance(Duration.ofMillis(4_999));
    step(1);
    assertThat(lake.attempts).isEmpty();
    clock.advance(Duration.ofMillis(1));
    step(1);

    assertThat(lake.attempts).hasSize(1);
  }

  @Test
  void aTrickleWaitsThirtySeconds() throws InterruptedException {
    append("a");
    step(2);
    clock.advance(Duration.ofMillis(29_999));
    step(1);
    assertThat(lake.attempts).isEmpty();
    clock.advance(Duration.ofMillis(1));
    step(1);

    assertThat(lake.attempts).hasSize(1);
  }

  @Test
  void anIdleJournalIsNeverCommitted() throws InterruptedException {
    step(2);
    clock.advance(Duration.ofHours(1));
    step(2);

    assertThat(lake.attempts).isEmpty();
  }

  @Test
  void aFailedCommitIsRepeatedAsItWasAfterTheBackOff() throws InterruptedException {
    append("a", "b", "c", "d");
    lake.unreachable = false;
    step(1);
    lake.unreachable = true;
    step(2);
    append("e");

    assertThat(consumer.progress().state()).isEqualTo(State.BACKING_OFF);
    assertThat(consumer.progress().lastError()).contains("no route");
    assertThat(consumer.step()).isEqualTo(Duration.ofSeconds(1));
    assertThat(lake.attempts).hasSize(1);

    lake.unreachable = false;
    clock.advance(Duration.ofSeconds(1));
    step(1);
    assertThat(lake.attempts).hasSize(2);
    assertThat(lake.attempts.get(1)).isEqualTo(lake.attempts.get(0));
    assertThat(consumer.progress().state()).isEqualTo(State.RUNNING);
    assertThat(consumer.progress().lastError()).isNull();
    assertThat(journal.passed).isEqualTo(4);
  }

  @Test
  void aLostAnswerLeavesEachRowOnce() throws InterruptedException {
    append("a", "b", "c", "d");
    lake.answerLost = true;
    step(3);
    lake.answerLost = false;
    clock.advance(Duration.ofMinutes(1));
    step(1);

    assertThat(lake.attempts).hasSize(2);
    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
  }

  @Test
  void nothingIsReleasedBeforeItIsCommitted() throws InterruptedException {
    append("a", "b", "c", "d");
    lake.answer = new CommitOutcome.Failed("injected");
    step(3);

    assertThat(journal.passed).isZero();
  }

  @Test
  void aRejectionStopsTheConsumerWhileTheJournalAccepts() throws InterruptedException {
    append("a", "b", "c", "d");
    lake.answer = new CommitOutcome.Rejected("the table has other columns");
    step(3);
    clock.advance(Duration.ofDays(1));
    step(3);
    append("e");

    assertThat(lake.attempts).hasSize(1);
    assertThat(consumer.progress().state()).isEqualTo(State.STOPPED);
    assertThat(consumer.progress().lastError()).isEqualTo("the table has other columns");
    assertThat(journal.records()).hasSize(5);
  }

  @Test
  void aLakeThatCannotBeReachedAtTheStartIsAskedAgain() throws InterruptedException {
    lake.unreachable = true;
    append("a", "b", "c", "d");
    step(1);
    assertThat(consumer.progress().state()).isEqualTo(State.BACKING_OFF);
    assertThat(consumer.progress().landedThrough()).isEqualTo(-1);

    lake.unreachable = false;
    clock.advance(Duration.ofSeconds(2));
    step(3);
    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
  }

  @Test
  void anotherConsumerGoesOnWhereTheLakeStands() throws InterruptedException {
    append("a", "b", "c", "d");
    step(3);
    append("e", "f", "g", "h");
    LakeConsumer restarted = consumer(Map.of("plain", new PlainSource()));
    for (int i = 0; i < 3; i++) {
      restarted.step();
    }

    assertThat(lake.attempts.get(1).firstSequence()).isEqualTo(5);
    assertThat(lake.rows(Tables.LANDING)).hasSize(8);
  }

  @Test
  void aDecoderThatThrowsSendsItsEventToQuarantineAndNoFurther() throws InterruptedException {
    append("a", "!", "c", "d");
    step(3);

    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
    assertThat(lake.rows(Tables.QUARANTINE))
        .extracting(row -> row.value("reason"))
        .containsExactly("NOT_JSON", "DECODER_FAILED", "NOT_JSON", "NOT_JSON");
    assertThat(lake.rows(Tables.QUARANTINE))
        .extracting(row -> row.value("message"))
        .noneMatch(message -> message.toString().contains("personal"));
  }

  @Test
  void anEventOfASourceThatIsGoneLandsInQuarantine() throws InterruptedException {
    consumer = consumer(Map.of());
    append("a", "b", "c", "d");
    step(3);

    assertThat(lake.rows(Tables.QUARANTINE))
        .extracting(row -> row.value("reason"))
        .containsOnly("SOURCE_UNKNOWN");
  }

  @Test
  void aRecordOfAnotherBuildStopsTheConsumerRatherThanLosingIt() throws InterruptedException {
    journal.append(List.of(new Entry(EventKey.of("s", "k"), ByteBuffer.wrap(new byte[] {9}))));
    step(2);

    assertThat(consumer.progress().state()).isEqualTo(State.STOPPED);
    assertThat(consumer.progress().lastError()).contains("format version 9");
  }

  @Test
  void aJournalThatCannotBeReadIsReadAgain() throws InterruptedException {
    step(1);
    journal.unreadable = true;
    step(1);
    assertThat(consumer.progress().state()).isEqualTo(State.BACKING_OFF);

    journal.unreadable = false;
    append("a", "b", "c", "d");
    clock.advance(Duration.ofSeconds(2));
    step(3);
    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
  }

  @Test
  void anEmptyLakeIsNotTakenForOneThatMustBeginAnew() throws InterruptedException {
    append("a", "b", "c", "d");
    journal.firstHeld = 3;
    step(1);

    assertThat(consumer.progress().state()).isEqualTo(State.BACKING_OFF);
    assertThat(consumer.progress().lastError()).contains("holds nothing of this journal");
    assertThat(lake.attempts).isEmpty();
  }

  @Test
  void aFaultBetweenReadingAndKeepingLosesNothing() throws InterruptedException {
    var source = new PlainSource();
    consumer = consumer(Map.of("plain", source));
    append("a", "b", "c", "d");
    source.decodesToNull = true;
    step(2);
    assertThat(consumer.progress().state()).isEqualTo(State.BACKING_OFF);

    source.decodesToNull = false;
    clock.advance(Duration.ofSeconds(2));
    step(3);
    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
    assertThat(journal.passed).isEqualTo(4);
  }

  @Test
  void aClockThatIsSetBackHoldsNothingUp() throws InterruptedException {
    append("a", "b", "c", "d");
    step(2);
    lake.unreachable = true;
    step(1);
    lake.unreachable = false;
    clock.advance(Duration.ofHours(-2));
    step(1);

    assertThat(lake.rows(Tables.LANDING)).hasSize(4);
  }

  @Test
  void finishingCommitsWhatIsReadAndWhatIsNot() throws InterruptedException {
    append("a");
    step(2);
    append("b", "c", "d", "e", "f");
    consumer.finish(clock.instant().plusSeconds(10));

    assertThat(lake.rows(Tables.LANDING)).hasSize(6);
    assertThat(consumer.progress().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void finishingEndsAtTheFirstFailure() throws InterruptedException {
    append("a");
    step(2);
    lake.unreachable = true;
    consumer.finish(clock.instant().plusSeconds(10));

    assertThat(lake.attempts).hasSize(1);
    assertThat(journal.passed).isZero();
  }

  @Test
  void rowsAndReasonsAreCountedWhenTheyAreInTheLake() throws InterruptedException {
    append("a", "b", "!", "d");
    lake.unreachable = true;
    step(1);
    lake.unreachable = false;
    clock.advance(Duration.ofSeconds(2));
    step(3);

    assertThat(counted("hooklake.lake.rows", "table", "webhook_landing")).isEqualTo(4);
    assertThat(counted("hooklake.events.quarantined", "reason", "not_json")).isEqualTo(3);
    assertThat(counted("hooklake.events.quarantined", "reason", "decoder_failed")).isEqualTo(1);
  }

  private double counted(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).counter().count();
  }

  private void step(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      consumer.step();
    }
  }

  private void append(String... keys) throws InterruptedException {
    for (String key : keys) {
      var event =
          new SourceEvent(
              "plain", key, clock.instant(), "/hook", Headers.NONE, "", Payload.of(key));
      journal.append(List.of(new Entry(EventKey.of("plain", key), EventCodec.encode(event))));
    }
  }

  private LakeConsumer consumer(Map<String, Source> sources) {
    RandomGenerator noJitter = () -> 0L;
    return new LakeConsumer(
        new LakePipeline.Parts(journal, lake, sources, registry, clock, noJitter),
        CADENCE,
        BACK_OFF);
  }
}
