package dev.hooklake.server.app;

import dev.hooklake.server.access.AccessSettings;
import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.LoginLinks;
import dev.hooklake.server.access.Role;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.app.settings.GeneralSettings;
import dev.hooklake.server.app.settings.Sections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What opens the admin port of one server.
///
/// @param firstStart there were no tokens before
public record Entrance(
    AccessTokens tokens, LoginLinks links, Sessions sessions, boolean firstStart) {

  /// Reads the tokens, or makes them.
  static Entrance of(Wiring.Ground ground) throws IOException {
    GeneralSettings general = ground.settings().of(Sections.GENERAL);
    AccessSettings access = ground.settings().of(Sections.ACCESS);
    boolean first = access.operator() == null && !Files.exists(general.adminTokenFile());
    var tokens =
        new AccessTokens(
            token(access.operator(), general.adminTokenFile()),
            token(access.viewer(), general.viewerTokenFile()));
    return new Entrance(
        tokens,
        new LoginLinks(ground.clock()),
        new Sessions(access.sessions(), ground.clock()),
        first);
  }

  private static AccessToken token(@Nullable AccessToken chosen, Path file) throws IOException {
    return chosen != null ? chosen : AccessToken.in(file);
  }

  /// A path that logs a browser in once, as an operator.
  String loginPath() {
    return "/login/link/" + links.open(new Caller("login link", Role.OPERATOR));
  }
}
