package dev.hooklake.server.app.settings;

import dev.hooklake.server.enrichment.call.CallLimits;
import java.net.URI;
import java.time.Duration;

/// How the CRM's own API is called.
///
/// @param token empty when it cannot be called: no notes then, and no leads read
/// @param poll how often it is asked for leads that changed; zero for never
public record CrmSettings(URI url, String token, CallLimits limits, Duration poll) {
  public boolean callable() {
    return !token.isEmpty();
  }

  @Override
  public String toString() {
    return "CrmSettings";
  }
}
