package dev.hooklake.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Any bytes at all are an answer with or without JSON, and what is told of a refusal is short and
/// about nobody. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=AnswersFuzzTest` searches for
/// more than the kept inputs.
class AnswersFuzzTest {
  private static final Call CALL = Call.get("/list");

  @Test
  @Timeout(60)
  void aRefusalMayBeAsLongAsABody() {
    byte[] body = ("{\"message\": \"" + "!".repeat(4 << 20) + "\"}").getBytes(UTF_8);
    anyBytesAreJsonOrAreRefused(body);
  }

  @FuzzTest
  void anyBytesAreJsonOrAreRefused(byte[] body) {
    for (int status : List.of(200, 400, 429, 500)) {
      Attempt attempt = Attempt.answered(status, body, Optional.empty());
      if (attempt.answer(CALL) instanceof Answer.Failed<?> failed) {
        assertThat(failed.why().message()).hasSizeBetween(1, 400).doesNotContainPattern("\\S@\\S");
      } else {
        assertThat(status).isEqualTo(200);
      }
    }
  }
}
