package dev.hooklake.server.reconciliation;

import dev.hooklake.server.reconciliation.Comparison.Compared;
import dev.hooklake.server.reconciliation.Comparison.Gap;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The counts of a comparison: by day, channel, metric and parent; by reason; by day alone.
///
/// Bounded by the number of days, metrics and parents, and beyond a limit of cells parents are
/// counted together as `others`.
final class Tally {
  static final int MOST_CELLS = 200_000;

  record Cell(LocalDate day, String channel, String metric, Parent parent) {}

  record ReasonCell(LocalDate day, String metric, Reason reason) {}

  /// How many the provider shows, we have, are missing, and are not here for a reason; and how many
  /// deliveries we have in all, listed or not.
  record Counts(long expected, long matched, long missing, long explained, long ours) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts more) {
      return new Counts(
          expected + more.expected,
          matched + more.matched,
          missing + more.missing,
          explained + more.explained,
          ours + more.ours);
    }
  }

  private static final Counts MATCHED = new Counts(1, 1, 0, 0, 0);
  private static final Counts MISSING = new Counts(1, 0, 1, 0, 0);
  private static final Counts EXPLAINED = new Counts(1, 0, 0, 1, 0);

  private final Map<Cell, Counts> cells = new HashMap<>();
  private final Map<ReasonCell, Long> reasons = new HashMap<>();
  private final Map<LocalDate, Counts> days = new TreeMap<>();
  private Counts total = Counts.NONE;
  private long listed;

  void add(List<Compared> messages) {
    for (Compared compared : messages) {
      listed++;
      compared.matched().forEach(fact -> add(compared.message(), fact, MATCHED));
      for (Gap gap : compared.gaps()) {
        add(compared.message(), gap.fact(), gap.reason().isMissing() ? MISSING : EXPLAINED);
        reasons.merge(
            new ReasonCell(gap.fact().day(), gap.fact().name(), gap.reason()), 1L, Long::sum);
      }
    }
  }

  private void add(ListedMessage message, Fact fact, Counts one) {
    var cell = new Cell(fact.day(), message.channel().label(), fact.name(), message.parent());
    cells.merge(fitting(cell), one, Counts::plus);
    days.merge(fact.day(), one, Counts::plus);
    total = total.plus(one);
  }

  private Cell fitting(Cell cell) {
    return cells.size() < MOST_CELLS || cells.containsKey(cell)
        ? cell
        : new Cell(cell.day(), cell.channel(), cell.metric(), Parent.OTHERS);
  }

  /// Puts all that we have beside what was listed. Messages the list does not show any more, or not
  /// yet, are in it too.
  void ours(LocalDate day, String channel, String metric, Parent parent, long deliveries) {
    // The list does not tell which transactional message one was made from.
    Parent listedAs = parent.kind().equals("transactional") ? Parent.NONE : parent;
    cells.computeIfPresent(
        new Cell(day, channel, metric, listedAs),
        (cell, counts) -> counts.plus(new Counts(0, 0, 0, 0, deliveries)));
  }

  Map<Cell, Counts> cells() {
    return cells;
  }

  Map<ReasonCell, Long> reasons() {
    return reasons;
  }

  Map<LocalDate, Counts> days() {
    return days;
  }

  Counts total() {
    return total;
  }

  long listed() {
    return listed;
  }
}
