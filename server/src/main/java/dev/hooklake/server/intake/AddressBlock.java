package dev.hooklake.server.intake;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// A range of network addresses, written `192.0.2.0/24`, `2001:db8::/32`, or one address alone.
public record AddressBlock(InetAddress network, int prefixBits) {
  /// Written out, which older shorthand such as `10.1` is not.
  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  public AddressBlock {
    int most = 8 * network.getAddress().length;
    if (prefixBits < 0 || prefixBits > most) {
      throw new IllegalArgumentException(
          "a prefix of " + prefixBits + " bits is not possible; give 0 to " + most);
    }
  }

  /// Never looks a name up.
  public static AddressBlock parse(String text) {
    String[] parts = text.split("/", 2);
    InetAddress network = address(parts[0]);
    if (parts.length == 1) {
      return new AddressBlock(network, 8 * network.getAddress().length);
    }
    if (!parts[1].matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(
          "after the slash stands a number of bits, for example /24");
    }
    return new AddressBlock(network, Integer.parseInt(parts[1]));
  }

  static InetAddress address(String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("an address is written in numbers, for example 192.0.2.7");
    }
    return InetAddress.ofLiteral(text);
  }

  boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] theirs = address.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
