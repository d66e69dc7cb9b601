package dev.hooklake.server.forwarding;

import com.fasterxml.jackson.core.JsonPointer;
import dev.hooklake.sources.signature.Secret;
import dev.hooklake.sources.signature.StandardWebhooksSigner;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where events are sent on to, which of them, and how they are signed.
///
/// @param secrets every delivery carries a signature of each, so that one can be changed for
///   another
/// @param orderBy events with the same value at this place of the document are sent one after the
///   other; null for no order
/// @param privateAddresses whether it may stand in a private network or on this machine
public record Destination(
    String name,
    URI url,
    List<Secret> secrets,
    EventChoice choice,
    @Nullable JsonPointer orderBy,
    boolean privateAddresses) {

  public Destination {
    secrets = List.copyOf(secrets);
    requireUsable(url, privateAddresses);
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException(
          "has no secret, so its receiver could not tell us from others; give one as whsec_...");
    }
    StandardWebhooksSigner.standard(secrets);
  }

  /// Where it is, for people: paths and queries of such URLs often hold secrets.
  public String origin() {
    return url.getScheme() + "://" + url.getRawAuthority() + "/…";
  }

  private static void requireUsable(URI url, boolean privateAddresses) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
      throw new IllegalArgumentException("its url is not like https://hooks.example.com/path");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "its url holds a user name; receivers know us by the signature, leave it out");
    }
    if (scheme.equals("http") && !privateAddresses) {
      throw new IllegalArgumentException(
          "its url is http, which everybody on the way can read; give https, or allow private"
              + " addresses when it is on your own network");
    }
  }
}
