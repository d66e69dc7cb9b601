package dev.hooklake.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.access.AccessToken;
import dev.hooklake.server.access.AccessTokens;
import dev.hooklake.server.access.Audit;
import dev.hooklake.server.access.LoginLimit;
import dev.hooklake.server.access.LoginLinks;
import dev.hooklake.server.access.SessionLimits;
import dev.hooklake.server.access.Sessions;
import dev.hooklake.server.console.Console;
import dev.hooklake.server.console.LoginPages;
import dev.hooklake.server.fake.ManualClock;
import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.operations.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console's login by a token, over real HTTP.
final class LoginTest {
  private static final String TOKEN = "an operator's token";

  @TempDir private Path directory;
  private final ManualClock clock = new ManualClock();

  @Test
  void strangersWhoGuessDoNotLockOutWhoeverHasTheToken() throws Exception {
    try (var database = OperationsDatabase.open(TestDatabase.SQLITE.empty(directory));
        var admin = new AdminUnderTest(directory, routes(database))) {
      for (int i = 0; i < 10; i++) {
        assertThat(login(admin, "guessed")).isEqualTo(401);
      }

      assertThat(login(admin, "guessed")).isEqualTo(429);
      assertThat(login(admin, TOKEN)).isEqualTo(200);
    }
  }

  private static int login(AdminUnderTest admin, String token) throws Exception {
    return admin
        .send("POST", "/login", BodyPublishers.ofString("token=" + token.replace(" ", "+")))
        .statusCode();
  }

  private List<AdminRoute> routes(OperationsDatabase database) {
    var parts =
        new LoginPages.Parts(
            new AccessTokens(AccessToken.of(TOKEN), AccessToken.of("a viewer's token!!")),
            new LoginLinks(clock),
            new Sessions(SessionLimits.DEFAULT, clock),
            new LoginLimit(clock),
            new Audit(database, clock),
            null);
    var pages = new LoginPages(parts, new SessionCookie(false));
    return new Console(new Console.About("1", false, clock), List.of(pages)).routes();
  }
}
