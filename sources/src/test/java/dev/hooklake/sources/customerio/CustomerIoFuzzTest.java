package dev.hooklake.sources.customerio;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.SourceEvent;

/// Any bytes at all are split and decoded without an exception. A normal build runs the inputs kept
/// beside the tests; `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=CustomerIoFuzzTest` searches
/// for more.
class CustomerIoFuzzTest {
  private static final CustomerIo SOURCE = Samples.lenientSource();

  @FuzzTest
  void anyBytesAreSplitAndDecoded(byte[] body) {
    for (SourceEvent event : SOURCE.split(Samples.delivery(Headers.NONE, Payload.copyOf(body)))) {
      if (SOURCE.decode(event, Samples.PROCESSED) == null) {
        throw new AssertionError("decoding gave nothing");
      }
    }
  }
}
