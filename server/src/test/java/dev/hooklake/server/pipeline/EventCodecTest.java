package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.journal.EventKey;
import dev.hooklake.journal.JournalRecord;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class EventCodecTest {
  private static final SourceEvent EVENT =
      new SourceEvent(
          "customerio",
          "01HÉ☂",
          Instant.parse("2026-01-05T09:02:39.123456789Z"),
          "/webhook/customerio",
          Headers.of("User-Agent", "a", "X-Twice", "1", "X-Twice", "2"),
          "application/json",
          Payload.copyOf(new byte[] {0, 1, (byte) 0xff, (byte) 0xfe}));

  @Test
  void anEventComesBackAsItWas() {
    assertThat(EventCodec.decode(EventCodec.encode(EVENT))).isEqualTo(EVENT);
  }

  @Test
  void anEventWithNothingInItComesBackAsItWas() {
    var empty =
        new SourceEvent("s", "", Instant.EPOCH, "", Headers.NONE, "", Payload.copyOf(new byte[0]));

    assertThat(EventCodec.decode(EventCodec.encode(empty))).isEqualTo(empty);
  }

  @Test
  void anErasedRecordHasNoEvent() {
    ByteBuffer payload = EventCodec.encode(EVENT);
    ByteBuffer zeros = ByteBuffer.allocate(payload.remaining());

    assertThat(EventCodec.event(record(payload))).contains(EVENT);
    assertThat(EventCodec.event(record(zeros))).isEmpty();
  }

  private static JournalRecord record(ByteBuffer payload) {
    EventKey key = EventKey.of(EVENT.source(), EVENT.eventKey());
    return new JournalRecord(1, EVENT.receivedAt(), key, payload);
  }

  @Test
  void theFirstBytesAreVersionAndTime() {
    ByteBuffer encoded = EventCodec.encode(EVENT);

    assertThat(encoded.get()).isEqualTo((byte) 1);
    assertThat(encoded.getLong()).isEqualTo(EVENT.receivedAt().getEpochSecond());
    assertThat(encoded.getInt()).isEqualTo(123_456_789);
  }

  @Test
  void everyShorterFormIsRefused() {
    byte[] encoded = bytes();
    for (int length = 0; length < encoded.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(encoded, length));
      assertThatThrownBy(() -> EventCodec.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(UnreadableRecord.class);
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] encoded = bytes();
    ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(encoded, encoded.length + 1));

    assertThatThrownBy(() -> EventCodec.decode(longer))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("follow its end");
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] encoded = bytes();
    encoded[0] = 9;

    assertThatThrownBy(() -> EventCodec.decode(ByteBuffer.wrap(encoded)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("it has format version 9; this build reads version 1");
  }

  @Test
  void damagedBytesGiveAnEventOrTheNamedRefusalAndNothingElse() {
    RandomGenerator chance = RandomGeneratorFactory.of("L64X128MixRandom").create(20_260_105);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = bytes();
      damaged[chance.nextInt(damaged.length)] = (byte) chance.nextInt();
      try {
        assertThat(EventCodec.decode(ByteBuffer.wrap(damaged))).isNotNull();
      } catch (UnreadableRecord refused) {
        assertThat(refused).hasMessageNotContaining("customerio");
      }
    }
  }

  private static byte[] bytes() {
    return EventCodec.encode(EVENT).array().clone();
  }
}
