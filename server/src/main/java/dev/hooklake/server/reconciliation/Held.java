package dev.hooklake.server.reconciliation;

import java.util.HashSet;
import java.util.Set;

/// What the channel tables hold of one delivery: each metric, and of it a person's, a machine's or
/// both.
public final class Held {
  static final Held NOTHING = new Held();

  private final Set<String> byHuman = new HashSet<>();
  private final Set<String> byMachine = new HashSet<>();

  void add(String metric, boolean human, boolean machine) {
    if (human) {
      byHuman.add(metric);
    }
    if (machine) {
      byMachine.add(metric);
    }
  }

  boolean any(String metric) {
    return byHuman.contains(metric) || byMachine.contains(metric);
  }

  boolean has(Fact fact) {
    return switch (fact.doer()) {
      case ANYONE -> any(fact.metric());
      case HUMAN -> byHuman.contains(fact.metric());
      case MACHINE -> byMachine.contains(fact.metric());
    };
  }
}
