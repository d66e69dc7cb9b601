package dev.hooklake.sources;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Under which URL senders reach us: some sign it, and behind a proxy a request does not show it.
///
/// A configured base URL always wins. Without one the `X-Forwarded-` headers count when a trusted
/// proxy sent them, and otherwise the `Host` header and the scheme of the connection.
public final class PublicAddress {
  /// Taken from each request.
  public static final PublicAddress OF_REQUEST = new PublicAddress(null);

  private static final Pattern BASE =
      Pattern.compile(
          "(https?://)(?:[^/?#@]*@)?([^/?#@\\s]+)(/[^?#\\s]*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

  private final @Nullable String base;

  private PublicAddress(@Nullable String base) {
    this.base = base;
  }

  /// `baseUrl` as the provider calls it, up to where our own paths begin. A user and password in it
  /// are dropped, as providers do before they sign.
  public static PublicAddress of(String baseUrl) {
    var matcher = BASE.matcher(baseUrl.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a public base URL starts with http:// or https:// and has no query, for example"
              + " https://hooks.example.org");
    }
    String path = matcher.group(3) == null ? "" : matcher.group(3);
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return new PublicAddress(matcher.group(1) + matcher.group(2) + plain);
  }

  /// The URL that was called; empty when the request does not say which host it meant.
  public Optional<String> urlOf(Delivery delivery) {
    Optional<String> start = base != null ? Optional.of(base) : origin(delivery);
    String target =
        delivery.query().isEmpty() ? delivery.path() : delivery.path() + "?" + delivery.query();
    return start.map(text -> text + target);
  }

  private static Optional<String> origin(Delivery delivery) {
    if (!delivery.peer().trustedProxy()) {
      return host(delivery, "host").map(host -> delivery.peer().scheme() + "://" + host);
    }
    String scheme =
        first(delivery, "x-forwarded-proto")
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(text -> text.equals("http") || text.equals("https"))
            .orElse(delivery.peer().scheme());
    return host(delivery, "x-forwarded-host")
        .or(() -> host(delivery, "host"))
        .map(host -> scheme + "://" + withPort(host, scheme, first(delivery, "x-forwarded-port")));
  }

  private static String withPort(String host, String scheme, Optional<String> port) {
    boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
    String usual = scheme.equals("https") ? "443" : "80";
    return port.filter(text -> PORT.matcher(text).matches())
        .filter(text -> !hasPort && !text.equals(usual))
        .map(text -> host + ":" + text)
        .orElse(host);
  }

  private static Optional<String> host(Delivery delivery, String header) {
    return first(delivery, header).filter(text -> HOST.matcher(text).matches());
  }

  /// The first element: each proxy appends its own.
  private static Optional<String> first(Delivery delivery, String header) {
    return delivery.headers().single(header).map(text -> text.split(",", 2)[0].strip());
  }
}
