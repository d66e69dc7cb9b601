package dev.hooklake.providers.customerio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Any JSON at all is a message, an export or a webhook with times that can be stored, or is none.
/// `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=CustomerIoAnswersFuzzTest` searches for more
/// than the kept inputs.
class CustomerIoAnswersFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NEVER = Instant.parse("+10000-01-01T00:00:00Z");

  @FuzzTest
  void anyJsonIsAMessageAnExportAWebhookOrNone(byte[] bytes) {
    json(bytes)
        .ifPresent(json -> {
          CustomerIoMessage.of(json).ifPresent(CustomerIoAnswersFuzzTest::check);
          ExportState.of(json).ifPresent(state -> assertThat(ExportState.of(json)).contains(state));
          ReportingWebhook.of(json)
              .ifPresent(webhook -> {
                assertThat(ReportingWebhook.of(webhook.json().put("id", webhook.id())))
                    .hasValueSatisfying(
                        again -> assertThat(again.endpoint()).isEqualTo(webhook.endpoint()));
                assertThat(webhook.toString()).isNotBlank();
              });
        });
  }

  /// Whoever prints it tells nobody's address.
  private static void check(CustomerIoMessage message) {
    assertThat(message)
        .hasToString("CustomerIoMessage[" + message.id() + ", " + message.type() + "]");
    assertThat(message.created()).isBefore(NEVER);
    assertThat(message.metrics().values()).allMatch(time -> time.isBefore(NEVER));
  }

  private static Optional<JsonNode> json(byte[] bytes) {
    try {
      return Optional.of(JSON.readTree(bytes));
    } catch (IOException e) {
      return Optional.empty(); // Told before anybody looks into it.
    }
  }
}
