package dev.hooklake.server.app.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody probably meant.
final class Nearest {
  private Nearest() {}

  /// The known name with the fewest edits from `written`, unless it takes half of it or more.
  static Optional<String> to(String written, Collection<String> known) {
    return known.stream()
        .filter(name -> edits(written, name) * 2 < Math.max(written.length(), name.length()))
        .min(Comparator.comparingInt(name -> edits(written, name)));
  }

  private static int edits(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int swap = previous[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
