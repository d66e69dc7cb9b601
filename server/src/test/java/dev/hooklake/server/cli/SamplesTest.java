package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding;
import dev.hooklake.sources.Headers;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
  private static Stream<String> names() {
    return StreamSupport.stream(new Samples.Names().spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachSampleMeansWhatItsNameSays(String name) throws IOException {
    Instant now = Instant.parse("2026-03-02T12:00:00Z");
    var event =
        new SourceEvent(
            "customerio", name, now, "/", Headers.NONE, "application/json", Samples.named(name));
    Decoding decoding =
        new CustomerIo(CustomerIoSettings.of("customerio", List.of(Cli.SECRET))).decode(event, now);
    if (name.equals("unknown-object")) {
      assertThat(decoding).isInstanceOf(Decoding.NotUnderstood.class);
    } else {
      assertThat(decoding).isInstanceOf(Decoding.Understood.class);
      String table = ((Decoding.Understood) decoding).row().table().name();
      String channel = table.replace("_events", "").replace('_', '-');
      assertThat(name.replace("preferences", "customer")).startsWith(channel);
    }
  }
}
