package dev.hooklake.server.admin;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// What every answer of the admin port tells the browser: run only scripts we serve, load nothing
/// from elsewhere, show us in no frame, keep nothing, tell nobody where you come from.
final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "font-src 'self'",
          "connect-src 'self'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'");
  private static final List<Header> ALWAYS =
      List.of(
          header("Content-Security-Policy", CONTENT_SECURITY_POLICY),
          header("X-Content-Type-Options", "nosniff"),
          header("X-Frame-Options", "DENY"),
          // Not no-referrer: browsers then say of our own forms that they come from nowhere.
          header("Referrer-Policy", "same-origin"),
          header("Cross-Origin-Opener-Policy", "same-origin"),
          header("Cross-Origin-Resource-Policy", "same-origin"),
          header("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
          // Pages hold data; what may be cached says so itself.
          header("Cache-Control", "no-store"));
  private static final Header ONLY_HTTPS = header("Strict-Transport-Security", "max-age=31536000");

  private final boolean https;

  SecurityHeaders(boolean https) {
    this.https = https;
  }

  void set(ServerResponse response) {
    ALWAYS.forEach(response::header);
    if (https) {
      response.header(ONLY_HTTPS);
    }
  }

  private static Header header(String name, String value) {
    return HeaderValues.create(HeaderNames.create(name), value);
  }
}
