package dev.hooklake.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.sources.Payload;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PayloadTextTest {
  private static final String JSON = "application/json";

  private static String text(String body, String contentType, boolean revealed) {
    return PayloadText.of(Payload.of(body), contentType, revealed).stream()
        .map(PayloadText.Piece::text)
        .collect(Collectors.joining());
  }

  @Test
  void aFieldOfUnknownNameIsMaskedAndAKnownHarmlessOneIsNot() {
    String shown = text("{\"metric\":\"sent\",\"nickname\":\"Zoe\"}", JSON, false);

    assertThat(shown).contains("\"metric\": \"sent\"").doesNotContain("Zoe");
  }

  @Test
  void anAddressQuotedInWhyAMessageFailedIsMasked() {
    String body = "{\"failure_message\":\"550 <zoe.example@example.com>: no such user\"}";

    assertThat(text(body, JSON, false))
        .contains("550 <z" + Masking.HIDDEN + "@example.com>: no such user")
        .doesNotContain("zoe.example");
  }

  @Test
  void aPhoneNumberQuotedInWhyAMessageFailedIsMasked() {
    String body = "ErrorCode=30003&error_message=To+%2B12025550143+unreachable";

    assertThat(text(body, "application/x-www-form-urlencoded", false))
        .contains("30003")
        .contains("unreachable")
        .doesNotContain("2025550");
  }

  @Test
  void whoeverRevealsSeesAllOfIt() {
    String body = "{\"failure_message\":\"zoe@example.com is full\",\"nickname\":\"Zoe\"}";

    assertThat(text(body, JSON, true)).contains("zoe@example.com is full").contains("\"Zoe\"");
  }

  @Test
  void whatIsNotJsonIsHidden() {
    assertThat(text("zoe@example.com", JSON, false)).startsWith("not JSON");
  }
}
