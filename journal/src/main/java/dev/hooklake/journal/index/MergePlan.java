package dev.hooklake.journal.index;

import java.util.List;

/// Which neighbouring runs to merge next, so that a closed day ends as one run and the open day has
/// few.
///
/// Only neighbours of one generation are merged: the merged run then covers exactly the records of
/// its parts, and all its keys grow old on the same day.
final class MergePlan {

  /// Runs of one level that are merged into one of the next: 1000 segments a day make at most 27
  /// runs, and each key is written about four times.
  private static final int FAN_IN = 8;

  private static final int MOST_AT_ONCE = 64;

  private MergePlan() {}

  /// The runs to merge, in order; empty when nothing is to do.
  static List<KeyRun> next(List<KeyRun> runs) {
    int from = 0;
    while (from < runs.size()) {
      int to = generationEnd(runs, from);
      List<KeyRun> generation = runs.subList(from, to);
      boolean closed = to < runs.size();
      List<KeyRun> chosen = closed ? whole(generation) : oneLevel(generation);
      if (!chosen.isEmpty()) {
        return List.copyOf(chosen);
      }
      from = to;
    }
    return List.of();
  }

  private static int generationEnd(List<KeyRun> runs, int from) {
    long generation = runs.get(from).span().generation();
    int to = from + 1;
    while (to < runs.size() && runs.get(to).span().generation() == generation) {
      to++;
    }
    return to;
  }

  private static List<KeyRun> whole(List<KeyRun> generation) {
    return generation.size() < 2
        ? List.of()
        : generation.subList(0, Math.min(generation.size(), MOST_AT_ONCE));
  }

  private static List<KeyRun> oneLevel(List<KeyRun> generation) {
    int from = 0;
    for (int at = 1; at <= generation.size(); at++) {
      if (at - from == FAN_IN) {
        return generation.subList(from, at);
      }
      if (at < generation.size() && level(generation, at) != level(generation, from)) {
        from = at;
      }
    }
    return List.of();
  }

  private static int level(List<KeyRun> runs, int index) {
    return runs.get(index).footer().level();
  }
}
