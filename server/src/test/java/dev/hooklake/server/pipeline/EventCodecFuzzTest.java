package dev.hooklake.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.sources.LandingRows;
import dev.hooklake.sources.SourceEvent;
import java.nio.ByteBuffer;

/// Any bytes at all are an event, which then survives every form it is kept in, or are refused as
/// unreadable. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=EventCodecFuzzTest` searches for
/// more than the kept inputs.
class EventCodecFuzzTest {

  @FuzzTest
  void anyBytesAreAnEventOrUnreadable(byte[] bytes) {
    SourceEvent event;
    try {
      event = EventCodec.decode(ByteBuffer.wrap(bytes));
    } catch (UnreadableRecord e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    SourceEvent again = EventCodec.decode(EventCodec.encode(event));
    assertThat(again).isEqualTo(event);
    assertThat(LandingRows.event(LandingRows.landing(event, 1))).isEqualTo(event);
  }
}
