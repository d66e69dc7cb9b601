package dev.hooklake.server.admin;

import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.Sessions;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands before every path: sets the security headers, refuses a foreign host name, finds out who
/// asks, and lets a browser's session change nothing unless one of our own pages asked for it.
///
/// Wrong tokens get 429 after a while; a right one never does. What the visitor may do is the
/// path's to say (`Access`).
final class Gate implements Filter {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  static final HeaderName CSRF = HeaderNames.create("X-CSRF-Token");
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Set<Method> HARMLESS = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);
  private static final Set<String> FROM_HERE = Set.of("", "same-origin", "none");

  private final AccessTokens tokens;
  private final Sessions sessions;
  private final LoginLimit limit;
  private final SessionCookie cookie;
  private final HostGuard hosts;
  private final SecurityHeaders headers;

  Gate(
      AccessTokens tokens,
      Sessions sessions,
      LoginLimit limit,
      SessionCookie cookie,
      HostGuard hosts) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.limit = limit;
    this.cookie = cookie;
    this.hosts = hosts;
    this.headers = new SecurityHeaders(cookie.https());
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    headers.set(response);
    if (!hosts.admits(header(request, HeaderNames.HOST))) {
      Answers.error(
          response,
          421,
          "this admin port is not served under that host name; use localhost, or set"
              + " admin.public-url");
      return;
    }
    if (!HARMLESS.contains(request.prologue().method()) && !fromHere(request)) {
      Answers.error(response, 403, "another site may not change anything here");
      return;
    }
    Optional<Visitor> visitor = visitor(request);
    if (visitor.isEmpty() && isBearer(request) && tooMany(request, response)) {
      return;
    }
    visitor.ifPresent(request.context()::register);
    if (visitor.isPresent() && !mayChange(request, visitor.get())) {
      Answers.error(
          response, 403, "reload the page and try again: its token is not valid any more");
      return;
    }
    chain.proceed();
  }

  private Optional<Visitor> visitor(ServerRequest request) {
    String authorization = header(request, HeaderNames.AUTHORIZATION);
    if (!authorization.isEmpty()) {
      return tokens.bearer(authorization).map(caller -> new Visitor(caller, null));
    }
    return cookie
        .read(request)
        .flatMap(sessions::find)
        .map(session -> new Visitor(session.caller(), session));
  }

  private static boolean isBearer(ServerRequest request) {
    return AccessTokens.isBearer(header(request, HeaderNames.AUTHORIZATION));
  }

  /// Answers a wrong token that came after too many others.
  private boolean tooMany(RoutingRequest request, RoutingResponse response) {
    String address = request.remotePeer().host();
    Duration wait = limit.wait(address);
    if (limit.failed(address)) {
      LOG.warn("Somebody tries wrong tokens on the admin port; they are refused for a minute");
    }
    if (wait.isZero()) {
      return false;
    }
    response.header(HeaderNames.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1));
    Answers.error(response, 429, "too many wrong tokens; a right one is taken at once");
    return true;
  }

  /// A token is proof enough: no browser sends one by itself, as it does a cookie.
  private static boolean mayChange(ServerRequest request, Visitor visitor) {
    return visitor.session() == null
        || HARMLESS.contains(request.prologue().method())
        || visitor.session().vouchesFor(header(request, CSRF));
  }

  /// What browsers say of where a request comes from; other clients say nothing.
  private static boolean fromHere(ServerRequest request) {
    String origin = header(request, HeaderNames.ORIGIN);
    return FROM_HERE.contains(header(request, FETCH_SITE))
        && (origin.isEmpty() || sameHost(origin, header(request, HeaderNames.HOST)));
  }

  private static boolean sameHost(String origin, String host) {
    try {
      return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().value(name).orElse("");
  }
}
