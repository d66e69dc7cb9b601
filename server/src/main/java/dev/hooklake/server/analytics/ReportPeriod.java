package dev.hooklake.server.analytics;

import java.time.LocalDate;

/// The UTC days a report covers, both included.
public record ReportPeriod(LocalDate from, LocalDate to) {
  public static final ReportPeriod ALL =
      new ReportPeriod(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));

  public ReportPeriod {
    if (from.isAfter(to)) {
      throw new IllegalArgumentException("the period ends on " + to + ", before " + from);
    }
  }

  /// What stands in place of the view `period`.
  String select() {
    return "SELECT CAST('%s' AS DATE) AS from_day, CAST('%s' AS DATE) AS to_day"
        .formatted(from, to);
  }
}
