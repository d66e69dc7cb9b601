package dev.hooklake.server.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hooklake.server.forwarding.ForwardingSettings.Patience;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way we know to make a server call where it must not, tried on the sender itself: none
/// reaches the receiver that listens on the loopback.
class AddressGuardTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final List<Secret> SECRETS =
      List.of(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

  private Receiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Each as it stands in a URL.
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]",
        "[64:ff9b:1::1]",
        "[100::1]",
        "[fe80::1]",
        "[febf::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[2001::1]",
        "[2002:7f00:1::]",
        "[3fff::1]",
        "localhost"
      })
  void noAddressThatIsNotOfTheWorldIsCalled(String host) throws Exception {
    assertRefused(destination(host, false), InetAddress::getAllByName);
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::", "ff02::1"})
  void whereCloudsKeepCredentialsIsRefusedEvenWherePrivateAddressesAreAllowed(String address)
      throws Exception {
    assertRefused(
        destination("hooks.example", true),
        _ -> new InetAddress[] {InetAddress.ofLiteral(address)});
  }

  @Test
  void aNameThatMeansALoopbackAddressIsRefused() throws Exception {
    assertRefused(destination("hooks.example", false), _ -> loopback());
  }

  @Test
  void aNameWithOneGoodAndOneBadAddressIsRefused() throws Exception {
    assertRefused(
        destination("hooks.example", false),
        _ -> new InetAddress[] {InetAddress.ofLiteral("93.184.215.14"), loopback()[0]});
  }

  @Test
  void aNameIsLookedUpOnceForAConnectionSoItCannotMeanSomethingElseMeanwhile() throws Exception {
    var lookups = new AtomicInteger();
    Destination allowed = destination("hooks.example", true);
    AddressGuard.Lookup rebinding =
        _ -> {
          if (lookups.getAndIncrement() == 0) {
            return loopback();
          }
          throw new UnknownHostException("looked up a second time");
        };

    assertThat(send(allowed, rebinding)).isEqualTo(new Attempt.Delivered());

    assertThat(lookups).hasValue(1);
    assertThat(receiver.got().getFirst().headers().get("host"))
        .isEqualTo("hooks.example:" + receiver.port());
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) throws Exception {
    try (var inside = new Receiver()) {
      receiver.answers(_ -> status);
      receiver.answerHeaders(Map.of("Location", inside.url().toString()));

      Attempt attempt = send(destination("hooks.example", true), _ -> loopback());

      assertThat(attempt).isInstanceOf(Attempt.Failed.class);
      assertThat(((Attempt.Failed) attempt).reason()).contains("redirects are not followed");
      assertThat(inside.got()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://hooks.example/",
        "gopher://hooks.example/",
        "//hooks.example/",
        "https://user:password@hooks.example/",
        "http://hooks.example/",
        "https:///nothing",
        "https://127.1/"
      })
  void aUrlThatIsNoneOfAReceiverIsRefusedAtTheStart(String url) {
    assertThatThrownBy(() -> destination(URI.create(url), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("password");
  }

  private void assertRefused(Destination destination, AddressGuard.Lookup lookup) throws Exception {
    Attempt attempt = send(destination, lookup);

    assertThat(attempt).isInstanceOf(Attempt.Failed.class);
    assertThat(((Attempt.Failed) attempt).reason()).containsPattern("address|UnknownHost");
    assertThat(receiver.got()).isEmpty();
  }

  private static Attempt send(Destination destination, AddressGuard.Lookup lookup) {
    Duration patient = Patience.DEFAULT.timeout();
    try (var sender = new HttpSender(destination, patient, 1, lookup)) {
      return sender.send(new Forward("d", "s:1", "{}", 0, NOW, NOW), NOW);
    }
  }

  /// Public destinations take https only, and the address is judged before any handshake.
  private Destination destination(String host, boolean privateAddresses) {
    String scheme = privateAddresses ? "http" : "https";
    return destination(
        URI.create(scheme + "://" + host + ":" + receiver.port() + "/"), privateAddresses);
  }

  private static Destination destination(URI url, boolean privateAddresses) {
    return new Destination("d", url, SECRETS, EventChoice.ALL, null, privateAddresses);
  }

  private static InetAddress[] loopback() {
    return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
  }
}
