package dev.hooklake.server.admin;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// What somebody is told who has not proven who they are: a browser is shown to the login, a
/// program what to send.
final class Strangers {
  private static final String LOGIN = "/login";
  private static final HeaderName BY_HTMX = HeaderNames.create("HX-Request");

  private Strangers() {}

  static void answer(ServerRequest request, ServerResponse response) {
    if (request.headers().contains(BY_HTMX)) {
      response.header("HX-Redirect", LOGIN);
    } else if (isBrowser(request)) {
      response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, LOGIN).send();
      return;
    }
    response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
    Answers.error(response, 401, "give a token: Authorization: Bearer ...");
  }

  private static boolean isBrowser(ServerRequest request) {
    return request.prologue().method().equals(Method.GET)
        && request.headers().value(HeaderNames.ACCEPT).orElse("").contains("text/html");
  }
}
