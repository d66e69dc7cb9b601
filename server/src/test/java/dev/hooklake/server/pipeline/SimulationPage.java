package dev.hooklake.server.pipeline;

import java.util.List;

/// What the page about the simulation must name.
public final class SimulationPage {

  private SimulationPage() {}

  public static List<String> defects() {
    return PlantedDefect.ALL.stream().map(PlantedDefect::name).toList();
  }
}
