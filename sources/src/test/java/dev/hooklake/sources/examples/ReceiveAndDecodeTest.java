package dev.hooklake.sources.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Decoding.Understood;
import dev.hooklake.sources.Delivery;
import dev.hooklake.sources.Payload;
import dev.hooklake.sources.Source;
import dev.hooklake.sources.SourceEvent;
import dev.hooklake.sources.Verification.Verified;
import dev.hooklake.sources.customerio.CustomerIo;
import dev.hooklake.sources.customerio.CustomerIoSettings;
import dev.hooklake.sources.customerio.CustomerIoSigner;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example of the README, run.
class ReceiveAndDecodeTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:04:20Z");

  @Test
  void aSignedDeliveryGivesTypedRows() {
    List<Row> rows = rows(signed());

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).table().name()).isEqualTo("email_events");
    assertThat(rows.get(0).value("metric")).isEqualTo("opened");
  }

  @Test
  void theReadmeShowsThisExample() throws IOException {
    Path here = Path.of("src/test/java/dev/hooklake/sources/examples/ReceiveAndDecodeTest.java");
    String code = Files.readString(here);
    String example =
        code.substring(code.indexOf("// begin\n") + 9, code.lastIndexOf("    // end"))
            .replaceAll("(?m)^ {4}", "");

    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```");
  }

  private static List<Row> rows(Delivery delivery) {
    List<Row> rows = new ArrayList<>();
    // begin
    Source source =
        new CustomerIo(CustomerIoSettings.of("customerio", List.of(Secret.of("signing-key"))));

    if (source.verify(delivery) instanceof Verified) {
      for (SourceEvent event : source.split(delivery)) {
        if (source.decode(event, NOW) instanceof Understood known) {
          rows.add(known.row());
        }
      }
    }
    // end
    return rows;
  }

  private static Delivery signed() {
    Payload body =
        Payload.of(
            "{\"event_id\":\"01KE6QZHS6TQ3NZ35WYNP82Z99\",\"object_type\":\"email\","
                + "\"metric\":\"opened\",\"timestamp\":1767605519,\"data\":{}}");
    CustomerIoSigner provider = new CustomerIoSigner(Secret.of("signing-key"));
    return new Delivery("/webhook/customerio", "", provider.sign(body, NOW), body, NOW);
  }
}
