package dev.hooklake.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Chooses which files of one partition go into one.
///
/// | partition                                  | merged                                          |
/// |--------------------------------------------|-------------------------------------------------|
/// | closed, and nothing came for an hour       | every small file, as few files as the size lets |
/// | open, or still filling, and too many files | those of like size                              |
/// | open, or still filling, with few files     | none                                            |
///
/// While a partition fills, a file that is larger than twice all smaller ones of its group waits:
/// each merge then makes a row's file at least half as large again, so a row is written a few times
/// until its file has the target size, and not once for every merge.
///
/// @param targetBytes no group is larger; a file of half of it is left alone
/// @param openFiles small files a filling partition may have
record CompactionPlan(long targetBytes, int openFiles) {
  /// A file that takes part.
  ///
  /// @param addedAt when it was written
  record Candidate(String path, long bytes, Instant addedAt) {}

  static final Duration SETTLED = Duration.ofHours(1);

  /// Bounds how many files are open at once, and how much one step does.
  static final int MOST_FILES = 500;

  private static final int LARGER = 2;

  /// Groups of at least two files each, in the order in which to merge them.
  List<List<Candidate>> groups(List<Candidate> files, boolean closed, Instant now) {
    List<Candidate> small =
        files.stream()
            .filter(file -> file.bytes() < targetBytes / 2)
            .sorted(Comparator.comparingLong(Candidate::bytes))
            .toList();
    if (closed && settled(files, now)) {
      return packed(small, Long.MAX_VALUE);
    }
    return small.size() < openFiles ? List.of() : packed(small, LARGER);
  }

  private static boolean settled(List<Candidate> files, Instant now) {
    return files.stream().allMatch(file -> file.addedAt().plus(SETTLED).isBefore(now));
  }

  /// @param larger how many times as large as all before it a file of the same group may be
  private List<List<Candidate>> packed(List<Candidate> ascending, long larger) {
    var groups = new ArrayList<List<Candidate>>();
    var group = new ArrayList<Candidate>();
    long bytes = 0;
    for (Candidate file : ascending) {
      boolean fits =
          bytes + file.bytes() <= targetBytes
              && group.size() < MOST_FILES
              && file.bytes() / larger <= bytes;
      if (!fits && !group.isEmpty()) {
        groups.add(List.copyOf(group));
        group.clear();
        bytes = 0;
      }
      group.add(file);
      bytes += file.bytes();
    }
    groups.add(List.copyOf(group));
    return groups.stream().filter(found -> found.size() > 1).toList();
  }
}
