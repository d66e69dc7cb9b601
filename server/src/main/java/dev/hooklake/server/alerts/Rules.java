package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Verdict.Known;
import dev.hooklake.server.alerts.Verdict.Unknown;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every rule, with its limits.
final class Rules {
  private Rules() {}

  /// @param off those that nobody wants
  static List<Rule> of(AlertLimits limits, Set<RuleName> off) {
    return Stream.of(ServerRules.all(limits).stream(), MessageRules.all(limits).stream())
        .flatMap(rules -> rules)
        .filter(rule -> !off.contains(rule.name()))
        .toList();
  }

  /// A finding, if any, of each thing measured; unknown when it was not measured.
  static <T> Verdict each(
      @Nullable Collection<T> measured, Function<T, Stream<Finding>> objection) {
    return measured == null
        ? new Unknown()
        : new Known(measured.stream().flatMap(objection).toList());
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, part < 0.01 ? "%.2f %%" : "%.1f %%", part * 100);
  }
}
