package dev.hooklake.server.pipeline;

import java.util.List;

/// What the page about the simulation must name.
public final class SimulationPage {

  private SimulationPage() {}

  /// A row for each planted defect and the seed that found it last.
  public static List<String> defects() {
    return PlantedDefect.ALL.stream()
        .map(defect -> "| %s | %d |".formatted(defect.name(), defect.seed()))
        .toList();
  }
}
