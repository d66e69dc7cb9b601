package dev.hooklake.server.admin;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the admin port listens, and how it is reached.
///
/// @param publicUrl as browsers write it when a proxy stands in front; null when none does
public record AdminSettings(String host, int port, @Nullable URI publicUrl) {

  /// Straight, without a proxy.
  public AdminSettings(String host, int port) {
    this(host, port, null);
  }

  /// Browsers come over TLS, which a proxy ends.
  public boolean https() {
    return publicUrl != null && "https".equals(publicUrl.getScheme());
  }
}
