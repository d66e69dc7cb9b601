package dev.hooklake.server.admin;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;

/// The cookie that holds a session's secret: for our pages only, out of reach of scripts, never
/// sent along from another site.
public record SessionCookie(boolean https) {
  private static final String PLAIN = "hooklake_session";

  /// The prefix makes browsers insist on Secure, on this host and on the whole path.
  private static final String OVER_HTTPS = "__Host-hooklake_session";

  public void set(ServerResponse response, String secret, Duration life) {
    response.headers().add(HeaderNames.SET_COOKIE, cookie(secret, life));
  }

  public void clear(ServerResponse response) {
    response.headers().add(HeaderNames.SET_COOKIE, cookie("", Duration.ZERO));
  }

  public Optional<String> read(ServerRequest request) {
    Parameters cookies = request.headers().cookies();
    return cookies.first(name()).asOptional().filter(value -> !value.isEmpty());
  }

  private String cookie(String secret, Duration life) {
    return SetCookie.builder(name(), secret)
        .path("/")
        .httpOnly(true)
        .secure(https)
        .sameSite(SetCookie.SameSite.STRICT)
        .maxAge(life)
        .build()
        .text();
  }

  private String name() {
    return https ? OVER_HTTPS : PLAIN;
  }
}
