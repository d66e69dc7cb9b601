package dev.hooklake.server.console;

import dev.hooklake.server.admin.Access;
import io.helidon.http.Method;

/// One path of the console and what answers it. What changes something is a POST.
public record PageRoute(Method method, String path, Access access, PageHandler handler) {

  public static PageRoute get(String path, PageHandler handler) {
    return new PageRoute(Method.GET, path, Access.VIEWER, handler);
  }

  /// Looks at something that only an operator may see.
  public static PageRoute operatorGet(String path, PageHandler handler) {
    return new PageRoute(Method.GET, path, Access.OPERATOR, handler);
  }

  public static PageRoute post(String path, PageHandler handler) {
    return new PageRoute(Method.POST, path, Access.OPERATOR, handler);
  }

  public static PageRoute open(Method method, String path, PageHandler handler) {
    return new PageRoute(method, path, Access.OPEN, handler);
  }
}
