package dev.hooklake.server.forwarding;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/// What an address may be connected to for.
///
/// | kind     | which                                                                            |
/// |----------|----------------------------------------------------------------------------------|
/// | PUBLIC   | of the world: what is none of the others                                         |
/// | PRIVATE  | loopback, private networks, carrier NAT, unique local: allowed by a setting      |
/// | RESERVED | link-local (where clouds keep credentials), multicast, unspecified, reserved, documentation, tunnels: never |
///
/// An IPv6 address that stands for an IPv4 one (mapped, NAT64) is what that one is.
enum AddressKind {
  PUBLIC("it is open to the world"),
  PRIVATE("its host has a private address; private-addresses: true allows it"),
  RESERVED("its host has an address that no destination may have");

  private static final List<Block> PRIVATE_BLOCKS =
      blocks(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "::1/128",
          "fc00::/7");

  private static final List<Block> RESERVED_BLOCKS =
      blocks(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          // Beside 2000::/3 nothing is given out to the world.
          "::/3",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20",
          "4000::/2",
          "8000::/1");

  private static final Block NAT64 = Block.of("64:ff9b::/96");
  private static final int MAPPED_PREFIX_BYTES = 12;

  private final String refusal;

  AddressKind(String refusal) {
    this.refusal = refusal;
  }

  /// Why it is refused, for people.
  String refusal() {
    return refusal;
  }

  static AddressKind of(InetAddress address) {
    return of(address.getAddress());
  }

  private static AddressKind of(byte[] address) {
    if (standsForIpv4(address)) {
      return of(Arrays.copyOfRange(address, MAPPED_PREFIX_BYTES, address.length));
    }
    if (PRIVATE_BLOCKS.stream().anyMatch(block -> block.holds(address))) {
      return PRIVATE;
    }
    return RESERVED_BLOCKS.stream().anyMatch(block -> block.holds(address)) ? RESERVED : PUBLIC;
  }

  private static boolean standsForIpv4(byte[] address) {
    return NAT64.holds(address) || Block.MAPPED.holds(address);
  }

  private static List<Block> blocks(String... texts) {
    return Arrays.stream(texts).map(Block::of).toList();
  }

  /// Addresses that begin with the same bits.
  private record Block(List<Byte> prefix, int bits) {
    /// Java reads the written form as the IPv4 address, so it is given as bytes.
    static final Block MAPPED =
        new Block(bytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}), 96);

    static Block of(String text) {
      int slash = text.indexOf('/');
      return new Block(
          bytes(InetAddress.ofLiteral(text.substring(0, slash)).getAddress()),
          Integer.parseInt(text.substring(slash + 1)));
    }

    boolean holds(byte[] address) {
      if (address.length != prefix.size()) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (prefix.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }

    private static List<Byte> bytes(byte[] array) {
      Byte[] boxed = new Byte[array.length];
      Arrays.setAll(boxed, i -> array[i]);
      return List.of(boxed);
    }
  }
}
