package dev.hooklake.providers.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/// Any JSON at all is a message or none. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true
/// -Dtest=TwilioAnswersFuzzTest` searches for more than the kept inputs.
class TwilioAnswersFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @FuzzTest
  void anyJsonIsAMessageOrNone(byte[] bytes) {
    json(bytes)
        .flatMap(TwilioMessage::of)
        .ifPresent(message -> {
          assertThat(message)
              .hasToString("TwilioMessage[" + message.sid() + ", " + message.status() + "]");
          assertThat(message.inbound()).isEqualTo("inbound".equals(message.direction()));
        });
  }

  private static Optional<JsonNode> json(byte[] bytes) {
    try {
      return Optional.of(JSON.readTree(bytes));
    } catch (IOException e) {
      return Optional.empty(); // Told before anybody looks into it.
    }
  }
}
