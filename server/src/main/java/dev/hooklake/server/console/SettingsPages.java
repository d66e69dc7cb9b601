package dev.hooklake.server.console;

import java.util.List;
import java.util.Optional;

/// The settings as they were loaded, secrets hidden.
public final class SettingsPages implements ConsolePages {
  private final List<Area> areas;

  public SettingsPages(List<Area> areas) {
    this.areas = List.copyOf(areas);
  }

  @Override
  public Optional<NavItem> navigation() {
    return Optional.of(new NavItem(NavGroup.SERVER, "Settings", "/settings", 's'));
  }

  @Override
  public List<PageRoute> routes() {
    return List.of(PageRoute.operatorGet("/settings", _ -> page()));
  }

  private PageReply page() {
    return PageReply.page("Settings", "settings.jte", areas);
  }

  /// Settings that belong together.
  public record Area(String title, List<Line> lines) {
    public Area {
      lines = List.copyOf(lines);
    }
  }

  /// One setting.
  ///
  /// @param value as it is in force; of a secret only whether there is one
  /// @param origin where it was given; empty for the default
  public record Line(String name, String value, String origin, String meaning) {}
}
