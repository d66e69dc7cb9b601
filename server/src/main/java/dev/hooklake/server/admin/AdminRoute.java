package dev.hooklake.server.admin;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;

/// One method on one path of the admin port, and who may use it. The port has asked who the caller
/// is before the handler sees a request, and answers wrong methods and faults by itself.
public record AdminRoute(Method method, String path, Access access, Handler handler) {

  /// Viewers may look; whatever changes something is an operator's.
  public AdminRoute(Method method, String path, Handler handler) {
    this(method, path, method.equals(Method.GET) ? Access.VIEWER : Access.OPERATOR, handler);
  }

  public static AdminRoute get(String path, Handler handler) {
    return new AdminRoute(Method.GET, path, handler);
  }

  /// A path for everybody, so one that tells nothing.
  public static AdminRoute open(String path, Handler handler) {
    return new AdminRoute(Method.GET, path, Access.OPEN, handler);
  }
}
