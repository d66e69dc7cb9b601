package dev.hooklake.journal;

import dev.hooklake.journal.index.RunReport;
import java.nio.file.Path;
import java.util.List;

/// What `hooklake journal verify` and `repair` have found.
public record JournalReport(List<Segment> segments, List<RunReport> runs) {

  public JournalReport {
    segments = List.copyOf(segments);
    runs = List.copyOf(runs);
  }

  /// Whether everything acknowledged can be read. A torn tail is no damage.
  public boolean sound() {
    return segments.stream().allMatch(Segment::sound) && runs.stream().allMatch(RunReport::sound);
  }

  /// One segment.
  ///
  /// @param lastSequence the last readable record, one before the first when there is none
  /// @param tornBytes an unfinished write at the end, never acknowledged; the next start cuts it
  ///   off
  /// @param headerProblem what is wrong with the file as a whole, empty when nothing is
  public record Segment(
      Path file,
      long firstSequence,
      long lastSequence,
      long records,
      long tornBytes,
      String headerProblem,
      List<Loss> losses) {

    public Segment {
      losses = List.copyOf(losses);
    }

    public boolean sound() {
      return losses.isEmpty() && headerProblem.isEmpty();
    }
  }

  /// Acknowledged records that cannot be read.
  public record Loss(long offset, long firstSequence, long lastSequence, String reason) {}
}
