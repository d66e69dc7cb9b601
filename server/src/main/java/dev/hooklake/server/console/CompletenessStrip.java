package dev.hooklake.server.console;

import dev.hooklake.server.reconciliation.FigureQueries;
import dev.hooklake.server.reconciliation.Figures.Day;
import dev.hooklake.server.reconciliation.Figures.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How complete a source is: one figure, and a cell for each of the last days, oldest first.
public record CompletenessStrip(String source, Standing standing, List<Cell> cells) {
  /// Four weeks.
  static final int DAYS = 28;

  private static final double FEW = 0.99;

  public CompletenessStrip {
    cells = List.copyOf(cells);
  }

  static CompletenessStrip of(FigureQueries figures, String source, LocalDate today) {
    LocalDate first = today.minusDays(DAYS - 1L);
    Map<LocalDate, Day> known =
        figures.days(source, first, today).stream()
            .collect(Collectors.toMap(Day::day, Function.identity(), (newer, _) -> newer));
    var cells = new ArrayList<Cell>();
    for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
      cells.add(new Cell(day, known.get(day)));
    }
    return new CompletenessStrip(source, figures.standing(source), cells);
  }

  public boolean checked() {
    return standing.checkedAt() != null;
  }

  public String kind() {
    return standing.missing() > 0 ? "warn" : "good";
  }

  /// One day.
  ///
  /// @param figures null when the day was never checked
  public record Cell(LocalDate day, @Nullable Day figures) {

    /// Its colour; the words below say the same.
    public String kind() {
      if (figures == null) {
        return "";
      }
      return figures.missing() == 0 ? "good" : figures.completeness() >= FEW ? "warn" : "bad";
    }

    public String words() {
      String of = Show.day(day) + ": ";
      if (figures == null) {
        return of + "not checked";
      }
      return of
          + Show.completeness(figures.completeness())
          + (figures.missing() == 0 ? "" : ", " + Show.count(figures.missing()) + " missing");
    }
  }
}
