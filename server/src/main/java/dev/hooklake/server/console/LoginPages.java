package dev.hooklake.server.console;

import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.LoginLinks;
import dev.hooklake.server.access.LoginRefused;
import dev.hooklake.server.access.OidcLogin;
import dev.hooklake.server.access.OidcUnreachable;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.admin.Access;
import dev.hooklake.server.admin.SessionCookie;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way in and out: a token, a link that works once, or the identity provider.
public final class LoginPages implements ConsolePages {
  private static final Logger LOG = LoggerFactory.getLogger(LoginPages.class);
  private static final String OIDC_COOKIE = "hooklake_oidc";
  private static final String OIDC_PATH = "/login/oidc";

  /// What a login needs. `oidc` is null where no identity provider is set up.
  public record Parts(
      AccessTokens tokens,
      LoginLinks links,
      Sessions sessions,
      LoginLimit limit,
      Audit audit,
      @Nullable OidcLogin oidc) {}

  /// What the page shows.
  public record Model(String problem, boolean oidc) {}

  private final Parts parts;
  private final SessionCookie cookie;

  public LoginPages(Parts parts, SessionCookie cookie) {
    this.parts = parts;
    this.cookie = cookie;
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.empty();
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.open(Method.GET, "/login", _ -> form(200, "")),
        PageRoute.open(Method.POST, "/login", this::byToken),
        PageRoute.open(Method.GET, "/login/link/{code}", this::byLink),
        PageRoute.open(Method.GET, OIDC_PATH, this::toProvider),
        PageRoute.open(Method.GET, OIDC_PATH + "/callback", this::fromProvider),
        new PageRoute(Method.POST, "/logout", Access.VIEWER, this::logout));
  }

  private PageReply form(int status, String problem) {
    return new PageReply.Page(
        status, "Log in", "login.jte", new Model(problem, parts.oidc() != null));
  }

  /// The token comes first: a right one must not wait for the wrong ones of others.
  private PageReply byToken(PageRequest request) throws IOException {
    String token = request.form().getOrDefault("token", "").strip();
    Optional<Caller> caller = parts.tokens().caller(token);
    if (caller.isPresent()) {
      return welcome(request, caller.get(), "token");
    }
    return tooMany(request).orElseGet(() -> refused(request, "That token opens nothing here."));
  }

  private PageReply byLink(PageRequest request) {
    Optional<PageReply> tooMany = tooMany(request);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    Optional<Caller> caller = parts.links().use(request.path("code"));
    return caller.isPresent()
        ? welcome(request, caller.get(), "link")
        : refused(request, "That link has been used, or is older than ten minutes.");
  }

  private PageReply toProvider(PageRequest request) {
    if (parts.oidc() == null) {
      return form(404, "No identity provider is set up (admin.oidc).");
    }
    try {
      OidcLogin.Begun begun = parts.oidc().begin();
      request
          .response()
          .headers()
          .add(HeaderNames.SET_COOKIE, oidcCookie(begun.attempt(), OidcLogin.LIFE));
      return new PageReply.Away(begun.location());
    } catch (OidcUnreachable e) {
      LOG.warn("Login by the identity provider failed: {}", e.getMessage());
      return form(502, "Not possible now: " + e.getMessage() + ".");
    }
  }

  private PageReply fromProvider(PageRequest request) {
    Optional<PageReply> tooMany = tooMany(request);
    if (parts.oidc() == null || tooMany.isPresent()) {
      return tooMany.orElseGet(() -> form(404, "No identity provider is set up (admin.oidc)."));
    }
    request.response().headers().add(HeaderNames.SET_COOKIE, oidcCookie("", Duration.ZERO));
    try {
      Caller caller =
          parts
              .oidc()
              .finish(request.cookie(OIDC_COOKIE), request.query("state"), request.query("code"));
      return welcome(request, caller, "identity provider");
    } catch (LoginRefused e) {
      LOG.warn("Login by the identity provider refused: {}", e.getMessage());
      return refused(request, "Not let in: " + e.getMessage() + ".");
    } catch (OidcUnreachable e) {
      LOG.warn("Login by the identity provider failed: {}", e.getMessage());
      return form(502, "Not possible now: " + e.getMessage() + ".");
    }
  }

  /// Lax: the browser comes back from another site, and must have it then.
  private String oidcCookie(String attempt, Duration life) {
    return SetCookie.builder(OIDC_COOKIE, attempt)
        .path(OIDC_PATH)
        .httpOnly(true)
        .secure(cookie.https())
        .sameSite(SetCookie.SameSite.LAX)
        .maxAge(life)
        .build()
        .text();
  }

  private Optional<PageReply> tooMany(PageRequest request) {
    Duration wait = parts.limit().wait(request.remoteAddress());
    if (wait.isZero()) {
      return Optional.empty();
    }
    long seconds = wait.toSeconds() + 1;
    request.response().header(HeaderNames.RETRY_AFTER, String.valueOf(seconds));
    return Optional.of(form(429, "Too many wrong logins. Try again in " + seconds + " s."));
  }

  private PageReply refused(PageRequest request, String why) {
    parts.limit().failed(request.remoteAddress());
    return form(401, why);
  }

  /// A page that goes on by itself, not a redirect: a strict cookie is not sent on a way that began
  /// at another site.
  private PageReply welcome(PageRequest request, Caller caller, String how) {
    parts.audit().record(caller, "login", how, "");
    Sessions.Opened opened = parts.sessions().open(caller);
    cookie.set(request.response(), opened.secret(), parts.sessions().longest());
    return PageReply.page("Welcome", "welcome.jte", caller);
  }

  private PageReply logout(PageRequest request) {
    cookie.read(request.raw()).ifPresent(parts.sessions()::end);
    cookie.clear(request.response());
    return new PageReply.Redirect("/login");
  }
}
