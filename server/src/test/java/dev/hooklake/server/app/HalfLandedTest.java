package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.lake.Batch;
import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.CommitOutcome;
import dev.hooklake.lake.Lake;
import dev.hooklake.lake.LakeReader;
import dev.hooklake.lake.LakeSettings;
import dev.hooklake.server.pipeline.RecordDecoder;
import dev.hooklake.sources.Answer;
import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.signature.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run ends between the channel tables' commits and landing's, and the next one decodes
/// otherwise.
class HalfLandedTest {
  private static final UUID JOURNAL = UUID.fromString("3f2b8a6e-0000-4000-8000-0000000000bb");
  private static final Instant NOON = Instant.parse("2026-10-28T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON.plusSeconds(60));
  private static final int EVENTS = 4;

  @TempDir Path folder;

  @Test
  void anEventThatNowGoesToAnotherTableIsThereAndNowhereElse() throws Exception {
    leaveHalf(new Choosy(key -> true), "webhook_landing");
    landTheRest(new Choosy(key -> false));
    assertEachOnce();
  }

  @Test
  void anEventThatNowGoesToATableThatIsAheadIsNotMissing() throws Exception {
    leaveHalf(new Choosy(key -> key.endsWith("1")), "quarantine");
    landTheRest(new Choosy(key -> true));
    assertEachOnce();
  }

  private void assertEachOnce() throws Exception {
    LandedKeys keys = LandedKeys.in(folder);
    assertThat(keys.landing()).hasSize(EVENTS);
    assertThat(keys.derived()).containsExactlyInAnyOrderElementsOf(keys.landing());
  }

  /// One table cannot be written: a file stands where its directory belongs.
  private void leaveHalf(Source source, String blocked) throws Exception {
    Path inTheWay = Files.writeString(folder.resolve(blocked), "in the way");
    try (Lake lake = Lake.open(LakeSettings.in(folder), JOURNAL, CLOCK)) {
      assertThat(lake.commit(batch(source))).isInstanceOf(CommitOutcome.Failed.class);
    }
    Files.delete(inTheWay);
  }

  private void landTheRest(Source source) throws Exception {
    LakeReader reader = LakeReader.open(LakeSettings.in(folder));
    Map<String, Source> sources = Map.of(source.name(), source);
    try (Lake lake = Lake.open(LakeSettings.in(folder), JOURNAL, CLOCK);
        HalfLanded target = new HalfLanded(lake, reader, sources, CLOCK)) {
      assertThat(target.landedThrough()).isZero();
      assertThat(target.commit(batch(source))).isEqualTo(new CommitOutcome.Committed(EVENTS));
    }
  }

  private static Batch batch(Source source) {
    var decoder = new RecordDecoder(Map.of(source.name(), source));
    List<SequencedRow> rows = new ArrayList<>();
    for (int sequence = 1; sequence <= EVENTS; sequence++) {
      String key = "key-" + sequence;
      String body =
          """
          {"event_id":"%s","object_type":"email","metric":"sent","timestamp":1793188800,"data":{}}\
          """
              .formatted(key);
      var event = new SourceEvent("customerio", key, NOON, "/", Headers.NONE, "", Payload.of(body));
      rows.add(new SequencedRow(sequence, LandingRows.landing(event, sequence)));
      rows.add(new SequencedRow(sequence, decoder.derived(event, sequence, NOON)));
    }
    return new Batch(1, EVENTS, rows);
  }

  /// Customer.io as today's decoder understands some of its events.
  private record Choosy(Predicate<String> understands) implements Source {
    private static final CustomerIo TODAY =
        new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("key"))));

    @Override
    public String name() {
      return TODAY.name();
    }

    @Override
    public Decoding decode(SourceEvent event, Instant processedAt) {
      return understands.test(event.eventKey())
          ? TODAY.decode(event, processedAt)
          : new Decoding.NotUnderstood(Decoding.Reason.OBJECT_TYPE_UNKNOWN, "not yet");
    }

    @Override
    public Verification verify(Delivery delivery) {
      return TODAY.verify(delivery);
    }

    @Override
    public List<SourceEvent> split(Delivery delivery) {
      return TODAY.split(delivery);
    }

    @Override
    public Answer refused(Verification.Refused refusal) {
      return TODAY.refused(refusal);
    }

    @Override
    public Answer accepted(int stored, int duplicates) {
      return TODAY.accepted(stored, duplicates);
    }
  }
}
