package dev.hooklake.server.admin;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Refuses requests that were meant for another host name.
///
/// A page of a stranger's site can point its own name at 127.0.0.1 and so let a browser on this
/// machine talk to us (DNS rebinding); its name still stands in the Host header.
record HostGuard(Set<String> names) {
  /// On loopback only its names; elsewhere only the public URL's when one is set, else any.
  static HostGuard of(AdminSettings settings, boolean loopback) {
    if (settings.publicUrl() != null) {
      String host = settings.publicUrl().getHost().toLowerCase(Locale.ROOT);
      return loopbackAnd(host);
    }
    return loopback ? loopbackAnd(settings.host()) : new HostGuard(Set.of());
  }

  private static HostGuard loopbackAnd(String name) {
    var names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    names.add(name);
    return new HostGuard(Set.copyOf(names));
  }

  boolean admits(String host) {
    return names.isEmpty() || names.contains(withoutPort(host).toLowerCase(Locale.ROOT));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
