package dev.hooklake.server.console;

import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.FigureQueries.Page;
import dev.hooklake.server.reconciliation.Figures.Count;
import dev.hooklake.server.reconciliation.Figures.Day;
import dev.hooklake.server.reconciliation.Figures.MissingEvent;
import dev.hooklake.server.reconciliation.Figures.ReasonCount;
import dev.hooklake.server.reconciliation.Figures.Report;
import dev.hooklake.server.reconciliation.Figures.ReportedCount;
import dev.hooklake.server.reconciliation.Parent;
import dev.hooklake.server.reconciliation.Reason;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What was found on some days of one source: why events are not here, which counts differ, and
/// what is missing, event by event.
///
/// @param counts of those that differ, as many as are shown
/// @param reported the provider's own counts beside ours, where they differ
/// @param missing a page of them, in the order they happened
public record ReconciliationReport(
    Span span,
    Sums sums,
    List<Why> reasons,
    List<Count> counts,
    List<ReportedCount> reported,
    Missing missing,
    ParentNames.Known names) {
  private static final int MOST_COUNTS = 60;
  private static final int MOST_MISSING = 50;

  /// Days of a source, both included.
  public record Span(String source, LocalDate from, LocalDate to) {

    public String words() {
      return from.equals(to) ? Show.day(from) : Show.day(from) + " to " + Show.day(to);
    }

    public String query() {
      return "source=" + Show.segment(source) + "&from=" + from + "&to=" + to;
    }
  }

  /// Over all the days.
  public record Sums(long days, long expected, long matched, long missing, long explained) {
    public double completeness() {
      return matched + missing == 0 ? 1 : (double) matched / (matched + missing);
    }
  }

  /// Events that are not here for one reason.
  public record Why(String metric, String reason, String meaning, boolean missing, long events) {}

  /// A page of the missing events.
  ///
  /// @param after how many come before it
  public record Missing(List<MissingEvent> events, int after, boolean more) {
    public int next() {
      return after + events.size();
    }
  }

  static ReconciliationReport of(
      FigureQueries figures, ParentNames.Known names, Span span, String after) {
    Report report = figures.report(span.source(), span.from(), span.to());
    return new ReconciliationReport(
        span,
        sums(report.days().rows()),
        reasons(report.reasons().rows()),
        report.counts().rows().stream().limit(MOST_COUNTS).toList(),
        report.reported().rows().stream()
            .filter(count -> count.reported() != count.ours())
            .limit(MOST_COUNTS)
            .toList(),
        missing(figures, span, number(after)),
        names);
  }

  /// What the events belong to, by name where there is one.
  public String parent(Parent parent) {
    if (parent.equals(Parent.NONE)) {
      return "no campaign";
    }
    if (parent.kind().equals("all")) {
      return "all messages";
    }
    String plain = parent.kind() + " " + parent.id();
    String name = names.of(span.source(), plain);
    return name.isEmpty() ? plain : name + " (" + plain + ")";
  }

  private static Sums sums(List<Day> days) {
    return new Sums(
        days.size(),
        sum(days, Day::expected),
        sum(days, Day::matched),
        sum(days, Day::missing),
        sum(days, Day::explained));
  }

  private static long sum(List<Day> days, ToLongFunction<Day> figure) {
    return days.stream().mapToLong(figure).sum();
  }

  private static List<Why> reasons(List<ReasonCount> counts) {
    var events = new TreeMap<String, Why>();
    for (ReasonCount count : counts) {
      Why one = why(count);
      events.merge(
          count.metric() + " " + count.reason(),
          one,
          (sum, next) ->
              new Why(
                  sum.metric(),
                  sum.reason(),
                  sum.meaning(),
                  sum.missing(),
                  sum.events() + next.events()));
    }
    return events.values().stream()
        .sorted(
            Comparator.comparing(Why::missing).reversed().thenComparingLong(why -> -why.events()))
        .toList();
  }

  private static Why why(ReasonCount count) {
    return Reason.of(count.reason())
        .map(reason ->
            new Why(
                count.metric(),
                Show.words(reason.label()),
                reason.meaning(),
                reason.isMissing(),
                count.events()))
        .orElseGet(() -> new Why(count.metric(), count.reason(), "", true, count.events()));
  }

  private static Missing missing(FigureQueries figures, Span span, int after) {
    List<MissingEvent> events =
        figures.missing(span.source(), span.from(), span.to(), new Page(after, MOST_MISSING + 1));
    boolean more = events.size() > MOST_MISSING;
    return new Missing(more ? events.subList(0, MOST_MISSING) : events, after, more);
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
  }
}
