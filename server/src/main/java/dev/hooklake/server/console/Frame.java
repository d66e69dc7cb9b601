package dev.hooklake.server.console;

import dev.hooklake.server.access.Caller;
import dev.hooklake.server.access.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands around every page.
///
/// @param path of the page, to mark it in the navigation
/// @param theme `auto`, `light` or `dark`
/// @param caller null before the login
/// @param csrf empty before the login
public record Frame(
    String title,
    String path,
    String theme,
    @Nullable Caller caller,
    String csrf,
    Surroundings surroundings) {

  /// What is the same for everybody.
  public record Surroundings(
      List<Group> navigation, Assets assets, String version, String uptime, boolean development) {}

  /// Lines of the navigation under one heading.
  public record Group(String label, List<Line> lines) {}

  /// One of them.
  public record Line(String label, String path, char key, long count) {}

  public boolean operator() {
    return caller != null && caller.role() == Role.OPERATOR;
  }

  public boolean current(Line line) {
    return line.path().equals("/")
        ? path.equals("/")
        : path.equals(line.path()) || path.startsWith(line.path() + "/");
  }

  public Assets assets() {
    return surroundings.assets();
  }
}
