package dev.hooklake.journal;

import java.nio.file.Path;
import java.util.Optional;

/// What opening a journal has found.
///
/// @param segments segments with records
/// @param lastSequence the newest record, 0 when there is none
/// @param tornTail what was cut off, when the last process ended in the middle of a write
public record RecoveryReport(int segments, long lastSequence, Optional<TornTail> tornTail) {

  /// An unfinished write: never synced, so never acknowledged.
  public record TornTail(Path file, long offset, long bytes) {}
}
