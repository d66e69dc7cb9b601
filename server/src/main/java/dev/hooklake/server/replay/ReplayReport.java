package dev.hooklake.server.replay;

import java.util.Map;
import java.util.TreeMap;

/// What a replay has changed, or would change.
///
/// @param examined landing rows that were decoded again
/// @param skipped landing rows of sources that are not configured; nothing is known of them
/// @param moves how many events have another row now, by the table they left and the one they are
///   in
public record ReplayReport(long examined, long skipped, Map<Move, Long> moves) {
  public ReplayReport {
    moves = new TreeMap<>(moves);
  }

  public long changed() {
    return moves.values().stream().mapToLong(Long::longValue).sum();
  }

  /// From where to where an event went.
  ///
  /// @param from the table the event was in; `nothing` when it was in none, several with a plus
  /// @param to the table it is in now
  public record Move(String from, String to) implements Comparable<Move> {
    @Override
    public int compareTo(Move other) {
      int byFrom = from.compareTo(other.from);
      return byFrom != 0 ? byFrom : to.compareTo(other.to);
    }
  }
}
