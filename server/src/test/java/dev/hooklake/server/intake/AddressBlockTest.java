package dev.hooklake.server.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "192.0.2.0/24, ::ffff:192.0.2.1, true"
  })
  void itContainsTheAddressesWithItsPrefix(String block, String address, boolean contained) {
    assertThat(AddressBlock.parse(block).contains(AddressBlock.address(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "hooks.example.org",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "1.2.3/8",
        "192.0.2.0/",
        "192.0.2.0/24/1",
        "2001:db8::/129",
        "fe80::1%eth0"
      })
  void whatIsNoBlockIsRefusedAndNoNameIsLookedUp(String text) {
    assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bitsBehindThePrefixDoNotMatter() {
    assertThat(AddressBlock.parse("192.0.2.99/24").contains(AddressBlock.address("192.0.2.1")))
        .isTrue();
  }
}
