package dev.hooklake.server.intake;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// The proxies in front of us whose word counts: what they forward says who sent a request and
/// under which URL. Nobody else's does.
record Proxies(List<AddressBlock> trusted) {
  private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

  Proxies {
    trusted = List.copyOf(trusted);
  }

  boolean trust(InetAddress address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }

  /// The last address that is not one of ours: each proxy appends whom it was called by, and what
  /// stands before that anybody can have written.
  InetAddress senderOf(ServerRequest request) {
    return senderOf(peer(request), request.headers().all(FORWARDED_FOR, List::of));
  }

  InetAddress senderOf(InetAddress peer, List<String> hops) {
    InetAddress sender = peer;
    if (!trust(sender)) {
      return sender;
    }
    List<String> each = List.of(String.join(",", hops).split(","));
    for (int i = each.size() - 1; i >= 0 && trust(sender); i--) {
      Optional<InetAddress> before = address(each.get(i).strip());
      if (before.isEmpty()) {
        return sender;
      }
      sender = before.get();
    }
    return sender;
  }

  static InetAddress peer(ServerRequest request) {
    return ((InetSocketAddress) request.remotePeer().address()).getAddress();
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(AddressBlock.address(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
