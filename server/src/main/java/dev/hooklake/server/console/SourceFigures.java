package dev.hooklake.server.console;

import dev.hooklake.server.intake.SourceCounts;
import dev.hooklake.sources.Verification;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Sums over one source's counters.
final class SourceFigures {
  private static final Set<String> SIGNATURE =
      Arrays.stream(Verification.Reason.values())
          .map(reason -> reason.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private SourceFigures() {}

  static long badSignatures(SourceCounts counts) {
    return counts.rejected().entrySet().stream()
        .filter(reason -> SIGNATURE.contains(reason.getKey().toLowerCase(Locale.ROOT)))
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  static long rejected(SourceCounts counts) {
    return counts.rejected().values().stream().mapToLong(Long::longValue).sum();
  }
}
