package dev.hooklake.server.admin;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// One method on one path of the admin port. The port asks for the token before the handler sees a
/// request, and answers wrong methods and faults by itself.
public record AdminRoute(Method method, String path, Handler handler) {

  static AdminRoute get(String path, Handler handler) {
    return new AdminRoute(Method.GET, path, handler);
  }
}
