package dev.hooklake.server.app.settings;

import dev.hooklake.server.access.AccessSettings;
import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.OidcSettings;
import dev.hooklake.server.access.OidcSettings.RoleValues;
import dev.hooklake.server.access.SessionLimits;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may use the admin port: tokens, sessions and the identity provider.
public final class AccessSection implements Section<AccessSettings> {
  private static final ValueType<String> MAYBE = new ValueType<>("text", Optional::of);

  static final Key<String> TOKEN =
      new Key<>(
          "admin.token",
          "HOOKLAKE_ADMIN_TOKEN",
          "",
          MAYBE,
          "The operator's token; without it, the file admin-token in data, made at the first start.");
  static final Key<String> VIEWER_TOKEN =
      new Key<>(
          "admin.viewer-token",
          "HOOKLAKE_VIEWER_TOKEN",
          "",
          MAYBE,
          "The viewer's token; without it, the file viewer-token in data, made at the first start.");
  static final Key<Duration> SESSION_IDLE =
      new Key<>(
          "admin.session-idle",
          null,
          "8h",
          ValueType.TIME,
          "Without a request for so long, a browser has to log in again.");
  static final Key<Duration> SESSION_LIFE =
      new Key<>(
          "admin.session-life",
          null,
          "7d",
          ValueType.TIME,
          "After so long a browser has to log in again whatever it did.");
  static final Key<String> ISSUER =
      new Key<>(
          "admin.oidc.issuer",
          null,
          "",
          MAYBE,
          "OpenID Connect provider to log in with, as it writes itself; needs admin.public-url.");
  static final Key<String> CLIENT_ID =
      new Key<>("admin.oidc.client-id", null, "", MAYBE, "What the provider calls this server.");
  static final Key<String> CLIENT_SECRET =
      new Key<>(
          "admin.oidc.client-secret",
          "HOOKLAKE_OIDC_CLIENT_SECRET",
          "",
          MAYBE,
          "What proves this server to the provider; empty for a public client.");
  static final Key<String> CLAIM =
      new Key<>(
          "admin.oidc.claim",
          null,
          "email",
          ValueType.TEXT,
          "Claim of the identity token that decides the role, for example email or groups.");
  static final Key<String> OPERATORS =
      new Key<>(
          "admin.oidc.operators",
          null,
          "",
          MAYBE,
          "Values of the claim that make an operator, a list; * for everybody who can log in.");
  static final Key<String> VIEWERS =
      new Key<>(
          "admin.oidc.viewers",
          null,
          "",
          MAYBE,
          "Values of the claim that make a viewer, a list; * for everybody who can log in.");

  @Override
  public String title() {
    return "Who may use the admin port";
  }

  @Override
  public List<Key<?>> keys() {
    return List.of(
        TOKEN,
        VIEWER_TOKEN,
        SESSION_IDLE,
        SESSION_LIFE,
        ISSUER,
        CLIENT_ID,
        CLIENT_SECRET,
        CLAIM,
        OPERATORS,
        VIEWERS);
  }

  @Override
  public AccessSettings read(GivenSettings given) {
    SessionLimits sessions =
        given.checked(
            given.where(SESSION_IDLE),
            () ->
                new SessionLimits(
                    given.value(SESSION_IDLE),
                    given.value(SESSION_LIFE),
                    SessionLimits.DEFAULT.most()),
            () -> SessionLimits.DEFAULT);
    return new AccessSettings(
        token(given, TOKEN), token(given, VIEWER_TOKEN), sessions, oidc(given));
  }

  /// The one somebody chose, if any.
  public static @Nullable AccessToken token(GivenSettings given, Key<String> key) {
    String text = given.value(key);
    return text.isEmpty()
        ? null
        : given.checked(
            given.where(key),
            () -> AccessToken.of(text),
            () -> AccessToken.of("a token that was refused"));
  }

  private static @Nullable OidcSettings oidc(GivenSettings given) {
    if (given.value(ISSUER).isEmpty()) {
      return null;
    }
    URI issuer = issuer(given);
    URI publicUrl = AdminSection.publicUrl(given);
    require(given, publicUrl != null, AdminSection.PUBLIC_URL, "the URL browsers use");
    require(given, !given.value(CLIENT_ID).isEmpty(), CLIENT_ID, "the provider's client id");
    var roles = new RoleValues(given.texts(OPERATORS), given.texts(VIEWERS));
    boolean anybody = !roles.operators().isEmpty() || !roles.viewers().isEmpty();
    require(given, anybody, OPERATORS, "who may come in");
    if (issuer == null || publicUrl == null) {
      return null;
    }
    return new OidcSettings(
        issuer,
        given.value(CLIENT_ID),
        given.value(CLIENT_SECRET),
        publicUrl.resolve("/login/oidc/callback"),
        given.value(CLAIM),
        roles);
  }

  private static void require(GivenSettings given, boolean there, Key<?> key, String what) {
    if (!there) {
      given.refuse(
          given.where(key),
          "login with " + ISSUER.name() + " needs it",
          "give " + what + " with " + key.name());
    }
  }

  private static @Nullable URI issuer(GivenSettings given) {
    URI issuer = AdminSection.url(given.value(ISSUER)).orElse(null);
    if (issuer == null || !(issuer.getScheme().equals("https") || isLoopback(issuer))) {
      given.refuse(
          given.where(ISSUER),
          "an identity provider is an https URL",
          "give it as the provider writes itself");
      return null;
    }
    return issuer;
  }

  private static boolean isLoopback(URI uri) {
    try {
      return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
