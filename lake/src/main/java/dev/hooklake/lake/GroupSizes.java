package dev.hooklake.lake;

import java.util.HashMap;
import java.util.Map;

/// How large files of each partition can become: as large as wanted, or half of what was too much
/// for the memory that merging may take, which rows of bodies of half a megabyte soon are.
///
/// Learned anew by each process, in a few attempts a partition. Used by one thread.
final class GroupSizes {
  private final long wantedBytes;
  private final Map<String, Long> learned = new HashMap<>();

  GroupSizes(long wantedBytes) {
    this.wantedBytes = wantedBytes;
  }

  long most(String table, String partition) {
    return learned.getOrDefault(key(table, partition), wantedBytes);
  }

  void wasTooMuch(String table, String partition, long bytes) {
    learned.put(key(table, partition), bytes / 2);
  }

  private static String key(String table, String partition) {
    return table + " " + partition;
  }
}
