package dev.hooklake.server.app.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Everything a server needs to know, checked, area by area.
public final class Settings {
  private final Map<Section<?>, Object> areas;
  private final List<Problem> warnings;
  private final List<ShownSettings.Area> shown;

  private Settings(
      Map<Section<?>, Object> areas, List<Problem> warnings, List<ShownSettings.Area> shown) {
    this.areas = Map.copyOf(areas);
    this.warnings = List.copyOf(warnings);
    this.shown = List.copyOf(shown);
  }

  static Settings read(GivenSettings given) {
    Map<Section<?>, Object> areas = new HashMap<>();
    for (Section<?> section : Sections.ALL) {
      areas.put(section, Objects.requireNonNull(section.read(given)));
    }
    return new Settings(areas, given.warnings(), ShownSettings.of(given));
  }

  @SuppressWarnings("unchecked") // each area was put in by its own section
  public <T> T of(Section<T> section) {
    return (T) Objects.requireNonNull(areas.get(section), "a section missing in Sections.ALL");
  }

  /// What keeps nothing from starting and is probably not meant.
  public List<Problem> warnings() {
    return warnings;
  }

  /// For people to look at, secrets hidden.
  public List<ShownSettings.Area> shown() {
    return shown;
  }
}
