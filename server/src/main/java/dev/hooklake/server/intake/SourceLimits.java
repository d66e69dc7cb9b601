package dev.hooklake.server.intake;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much a source may send, and from where.
///
/// @param rate null for no limit
/// @param allowed its senders' addresses; none for any
public record SourceLimits(@Nullable RateLimit rate, List<AddressBlock> allowed) {
  public static final SourceLimits NONE = new SourceLimits(null, List.of());

  public SourceLimits {
    allowed = List.copyOf(allowed);
  }

  boolean admit(InetAddress sender) {
    return allowed.isEmpty() || allowed.stream().anyMatch(block -> block.contains(sender));
  }
}
