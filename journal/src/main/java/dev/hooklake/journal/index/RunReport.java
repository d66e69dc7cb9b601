package dev.hooklake.journal.index;

import java.nio.file.Path;
import java.util.List;

/// One run file, read from end to end.
///
/// @param keys keys that can be read
/// @param damage what cannot be read, empty when all can
public record RunReport(Path file, long keys, List<String> damage) {

  public RunReport {
    damage = List.copyOf(damage);
  }

  public boolean sound() {
    return damage.isEmpty();
  }
}
