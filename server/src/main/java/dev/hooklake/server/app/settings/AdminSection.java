package dev.hooklake.server.app.settings;

import dev.hooklake.server.admin.AdminSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where operators reach the server.
public final class AdminSection implements Section<AdminSettings> {
  public static final Key<String> HOST =
      new Key<>(
          "admin.host",
          "HOOKLAKE_ADMIN_HOST",
          "127.0.0.1",
          ValueType.TEXT,
          "Address of the admin port; beyond loopback /metrics asks for the token too.");
  public static final Key<Integer> PORT =
      new Key<>(
          "admin.port",
          "HOOKLAKE_ADMIN_PORT",
          "8081",
          ValueType.number(0, 65_535),
          "Admin port, for operators; 0 takes a free one.");
  static final Key<String> PUBLIC_URL =
      new Key<>(
          "admin.public-url",
          "HOOKLAKE_ADMIN_URL",
          "",
          new ValueType<>(
              "a URL such as https://hooklake.example.com",
              text -> Optional.of(text).filter(url -> url.isEmpty() || url(url).isPresent())),
          "How browsers reach the admin port through a proxy; other host names are then refused.");

  @Override
  public String title() {
    return "The admin port";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(HOST, PORT, PUBLIC_URL);
  }

  @Override
  public AdminSettings read(GivenSettings given) {
    return new AdminSettings(given.value(HOST), given.value(PORT), publicUrl(given));
  }

  static @Nullable URI publicUrl(GivenSettings given) {
    return url(given.value(PUBLIC_URL)).orElse(null);
  }

  /// A web address with nothing that could carry a secret.
  static Optional<URI> url(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      return Optional.of(uri)
          .filter(_ -> web && uri.getHost() != null)
          .filter(_ -> uri.getRawUserInfo() == null && uri.getRawQuery() == null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
