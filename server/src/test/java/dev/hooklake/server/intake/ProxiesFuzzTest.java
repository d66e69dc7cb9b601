package dev.hooklake.server.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.util.List;

/// Any text at all is an address, a block or a list of hops, or none; it never makes somebody of
/// whom we do not trust. `JAZZER_FUZZ=1 mvn ... -Djazzer.hooks=true -Dtest=ProxiesFuzzTest`
/// searches for more than the kept inputs.
class ProxiesFuzzTest {
  private static final Proxies OURS =
      new Proxies(List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("2001:db8::/32")));

  @FuzzTest
  void onlyOurProxiesSayWhoSent(byte[] header) {
    List<String> hops = List.of(new String(header, ISO_8859_1).split("\n", -1));
    InetAddress stranger = AddressBlock.address("192.0.2.7");
    assertThat(OURS.senderOf(stranger, hops)).isEqualTo(stranger);
    InetAddress proxy = AddressBlock.address("10.0.0.1");
    assertThat(OURS.senderOf(proxy, hops))
        .isEqualTo(callerOf(proxy, String.join(",", hops).replaceFirst(",+$", "")));
  }

  /// Slowly: whom one of ours was called by stands last, and before it who called that one.
  private static InetAddress callerOf(InetAddress proxy, String told) {
    int comma = told.lastIndexOf(',');
    InetAddress caller;
    try {
      caller = AddressBlock.address(told.substring(comma + 1).strip());
    } catch (IllegalArgumentException e) {
      return proxy;
    }
    return comma < 0 || !OURS.trust(caller) ? caller : callerOf(caller, told.substring(0, comma));
  }

  @FuzzTest
  void anyTextIsABlockThatHoldsItsAddressOrIsRefused(byte[] text) {
    AddressBlock block;
    try {
      block = AddressBlock.parse(new String(text, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(block.contains(block.network())).isTrue();
    String written = block.network().getHostAddress() + "/" + block.prefixBits();
    assertThat(AddressBlock.parse(written)).isEqualTo(block);
  }
}
