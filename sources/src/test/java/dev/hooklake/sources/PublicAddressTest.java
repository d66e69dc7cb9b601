package dev.hooklake.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
  private static final Peer PROXY = new Peer("http", true);

  @Test
  void aConfiguredBaseAlwaysWins() {
    Headers headers = Headers.of("host", "inner", "x-forwarded-host", "other.example");
    assertThat(PublicAddress.of("https://hooks.example.org/").urlOf(request(headers, PROXY)))
        .contains("https://hooks.example.org/a%2Fb?c=%20d");
    assertThat(PublicAddress.of("https://hooks.example.org/base").urlOf(request(headers, PROXY)))
        .contains("https://hooks.example.org/base/a%2Fb?c=%20d");
  }

  @Test
  void aUserAndPasswordInTheBaseAreDropped() {
    assertThat(PublicAddress.of("https://u:p@h.example:8443").urlOf(request(Headers.NONE, PROXY)))
        .contains("https://h.example:8443/a%2Fb?c=%20d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hooks.example.org", "ftp://h", "https://", "https://h/x?y=1", "https://h/#f"})
  void aBaseThatIsNoUrlIsRefusedAtStart(String base) {
    assertThatThrownBy(() -> PublicAddress.of(base)).hasMessageContaining("https://hooks.example");
  }

  @Test
  void aTrustedProxySaysSchemeHostAndPort() {
    Headers headers =
        Headers.of(
            "host", "inner:8080",
            "x-forwarded-proto", "https, http",
            "x-forwarded-host", "hooks.example.org , inner",
            "x-forwarded-port", "8443");
    assertThat(url(headers, PROXY)).isEqualTo("https://hooks.example.org:8443/a%2Fb?c=%20d");
  }

  @Test
  void theUsualPortOfTheSchemeIsNotWritten() {
    Headers headers =
        Headers.of("host", "h", "x-forwarded-proto", "https", "x-forwarded-port", "443");
    assertThat(url(headers, PROXY)).isEqualTo("https://h/a%2Fb?c=%20d");
  }

  @Test
  void anyoneElsesForwardedHeadersAreIgnored() {
    Headers headers =
        Headers.of("host", "h.example", "x-forwarded-proto", "https", "x-forwarded-host", "evil");
    assertThat(url(headers, Peer.DIRECT)).isEqualTo("http://h.example/a%2Fb?c=%20d");
    assertThat(url(headers, new Peer("https", false))).isEqualTo("https://h.example/a%2Fb?c=%20d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "h/x", "h?x", "u@h", "h:99999999", "h#", "[::1"})
  void aHostThatIsNoneGivesNoUrl(String host) {
    assertThat(PublicAddress.OF_REQUEST.urlOf(request(Headers.of("host", host), Peer.DIRECT)))
        .isEmpty();
  }

  @Test
  void withoutAQueryThereIsNoQuestionMark() {
    var delivery = new Delivery("/x", "", Headers.of("host", "h"), Payload.of(""), Instant.EPOCH);
    assertThat(PublicAddress.OF_REQUEST.urlOf(delivery)).contains("http://h/x");
  }

  private static String url(Headers headers, Peer peer) {
    return PublicAddress.OF_REQUEST.urlOf(request(headers, peer)).orElseThrow();
  }

  private static Delivery request(Headers headers, Peer peer) {
    return new Delivery("/a%2Fb", "c=%20d", headers, Payload.of(""), Instant.EPOCH, peer);
  }
}
