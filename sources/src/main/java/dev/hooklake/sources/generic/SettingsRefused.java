package dev.hooklake.sources.generic;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The settings of a source cannot be used; says everything that is wrong with them at once.
public final class SettingsRefused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<SettingsProblem> problems;

  SettingsRefused(List<SettingsProblem> problems) {
    super(problems.stream().map(SettingsProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<SettingsProblem> problems() {
    return problems;
  }
}
