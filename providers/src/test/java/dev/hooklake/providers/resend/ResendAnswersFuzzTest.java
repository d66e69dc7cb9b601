package dev.hooklake.providers.resend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hooklake.providers.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Any JSON at all is an email, or counts that are none below zero, or neither. `JAZZER_FUZZ=1 mvn
/// ... -Djazzer.hooks=true -Dtest=ResendAnswersFuzzTest` searches for more than the kept inputs.
class ResendAnswersFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> METRICS = List.of("sent", "delivered");

  @FuzzTest
  void anyJsonIsAnEmailOrCountsOrNeither(byte[] bytes) {
    json(bytes)
        .ifPresent(json -> {
          ResendEmail.of(json)
              .ifPresent(email ->
                  assertThat(email)
                      .hasToString("ResendEmail[" + email.id() + ", " + email.lastEvent() + "]"));
          if (DailyCounts.of(json, METRICS) instanceof Answer.Given<DailyCounts>(var counts)) {
            assertThat(counts.days().values())
                .allSatisfy(day -> assertThat(day.values()).allMatch(count -> count >= 0));
            counts.days().keySet().forEach(counts::holdsWhole);
          }
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
