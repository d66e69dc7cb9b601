package dev.hooklake.server.reconciliation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which campaigns, newsletters and the like were at work, and which of them the provider is asked
/// about: a request each, so only so many, and those first that matter most.
final class ActiveParents {
  static final int MOST_ASKED = 200;
  private static final int MOST_KNOWN = 100_000;

  private final Map<Parent, Long> deliveries = new HashMap<>();
  private boolean more;

  void add(Parent parent, long count) {
    if (parent.equals(Parent.NONE)) {
      return;
    }
    if (deliveries.size() < MOST_KNOWN || deliveries.containsKey(parent)) {
      deliveries.merge(parent, count, Long::sum);
    } else {
      more = true;
    }
  }

  /// Those with the most deliveries.
  List<Parent> asked() {
    return deliveries.entrySet().stream()
        .sorted(
            Map.Entry.<Parent, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(one -> one.getKey().kind())
                .thenComparingLong(one -> one.getKey().id()))
        .limit(MOST_ASKED)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// What is not asked for; empty when nothing is left out.
  Optional<String> leftOut() {
    if (deliveries.size() <= MOST_ASKED) {
      return Optional.empty();
    }
    return Optional.of(
        "the provider's own counts, and the names of parts, were asked for the %d campaigns and the like with the most messages, of %s%d"
            .formatted(MOST_ASKED, more ? "more than " : "", deliveries.size()));
  }
}
