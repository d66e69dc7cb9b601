package dev.hooklake.server.forwarding;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/// Looks a host up for a connection, and refuses it when any of its addresses is not open to the
/// world.
///
/// The connection is made to the very addresses that were judged, so a name that means something
/// else a moment later gains nothing. Each new connection is judged anew.
final class AddressGuard implements DnsResolver {

  /// Asks for the addresses of a name.
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  private final Lookup lookup;
  private final boolean privateAddresses;

  AddressGuard(Lookup lookup, boolean privateAddresses) {
    this.lookup = lookup;
    this.privateAddresses = privateAddresses;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = lookup.addresses(host);
    for (InetAddress address : addresses) {
      AddressKind kind = AddressKind.of(address);
      if (kind != AddressKind.PUBLIC && !(kind == AddressKind.PRIVATE && privateAddresses)) {
        throw new Refused(kind);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /// The host has an address that must not be connected to.
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused(AddressKind kind) {
      super(kind.refusal());
    }
  }
}
