package dev.hooklake.server.app.settings;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Settings with which nothing starts. The message lists every problem, numbered.
public final class SettingsRefused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final int count;

  SettingsRefused(List<Problem> problems) {
    super(
        IntStream.range(0, problems.size())
            .mapToObj(i -> (i + 1) + ". " + problems.get(i))
            .collect(Collectors.joining("\n", "the settings have errors:\n", "")));
    this.count = problems.size();
  }

  /// How many problems there are.
  public int count() {
    return count;
  }
}
