package dev.hooklake.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientTest {

  @ParameterizedTest
  @CsvSource({
    "+14155550142, +14155550142",
    "+1 (415) 555-0142, +14155550142",
    "whatsapp:+14155550142, +14155550142",
    "WhatsApp:+1 415 555 0142, +14155550142",
    "Dana@Customer.Example, dana@customer.example",
    "Dana D. <Dana@Customer.Example>, dana@customer.example",
    "rcs:acme_agent, rcs:acme_agent",
    "(+1) 415-555-0142, +14155550142",
    "12345, 12345",
  })
  void writingsOfOneRecipientHaveOneKey(String written, String key) {
    assertThat(Recipient.key(written)).isEqualTo(key);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void nobodyHasNoKey(String written) {
    assertThat(Recipient.key(written)).isNull();
  }
}
