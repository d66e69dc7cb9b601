package dev.hooklake.server.alerts.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where mail goes out, and to whom.
///
/// @param user null when the server wants no login
public record MailSettings(
    String host,
    int port,
    Encryption encryption,
    @Nullable String user,
    @Nullable String password,
    String from,
    List<String> to) {
  public MailSettings {
    to = List.copyOf(to);
    if (to.isEmpty()) {
      throw new IllegalArgumentException("nobody would get mail; give addresses");
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }

  /// How the connection is kept from being read.
  public enum Encryption {
    /// Starts in plain text and must change over before anything is sent.
    STARTTLS,
    /// From the first byte.
    TLS,
    /// For a mail server on the same machine.
    NONE
  }
}
