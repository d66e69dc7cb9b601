package dev.hooklake.server.app.settings;

import java.net.URI;

/// How a source's provider is asked through its own API.
///
/// @param source the source's name
/// @param account of Twilio: the account SID; else empty
/// @param user of Twilio: the account SID or an API key's SID; else empty
/// @param key the API key, or what stands beside the user
/// @param requestsPerSecond by everything in this server together
public record ProviderSettings(
    String source,
    Type type,
    URI api,
    String account,
    String user,
    String key,
    int requestsPerSecond) {

  /// Whose API it is.
  public enum Type {
    CUSTOMERIO,
    TWILIO,
    RESEND
  }

  /// Not the key.
  @Override
  public String toString() {
    return "ProviderSettings[" + source + ", " + type + "]";
  }
}
