package dev.hooklake.server.erasure;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/// Any bytes at all can be looked through, and none of them hide a person who stands among them: an
/// exception or an oversight here would keep an erasure from its end. `JAZZER_FUZZ=1 mvn ...
/// -Djazzer.hooks=true -Dtest=TracesFuzzTest` searches for more than the kept inputs.
class TracesFuzzTest {
  private static final Traces TRACES =
      new Traces(
          new Person(
              Set.of("ann@example.com"),
              Set.of("+55 11 91234-5678"),
              Set.of("customer-4711", "c7"),
              Set.of("a3000001"),
              Set.of("529.982.247-25")));

  /// Each as somebody may have written it.
  private static final List<String> WRITTEN =
      List.of(
          "ann@example.com",
          "Ann%40Example.com",
          "ann\\u0040example.com",
          "ann&#64;example.com",
          "5511912345678",
          "+55 (11) 91234-5678",
          "customer-4711",
          "\"customer_id\": \"c7\"",
          "a3000001",
          "529.982.247-25",
          "52998224725");

  @FuzzTest
  void nobodyIsHiddenByWhatStandsAround(byte[] bytes) {
    TRACES.in(bytes);
    int cut = bytes.length / 2;
    for (String written : WRITTEN) {
      byte[] person = ("  " + written + "  ").getBytes(US_ASCII);
      byte[] all =
          ByteBuffer.allocate(bytes.length + person.length)
              .put(bytes, 0, cut)
              .put(person)
              .put(bytes, cut, bytes.length - cut)
              .array();
      assertThat(TRACES.in(all)).as(written).isTrue();
    }
  }
}
