package dev.hooklake.server.console;

import dev.hooklake.server.analytics.LakeQuestions;
import dev.hooklake.server.analytics.QueryLimits;
import dev.hooklake.server.analytics.ReportPeriod;
import dev.hooklake.server.analytics.ResultTable;
import dev.hooklake.server.analytics.ViewLibrary;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The report `email_engagement` for the last days.
final class EmailDays {
  private static final Duration MEMORY = Duration.ofSeconds(20);
  private static final int DAYS = 6;
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

  private final ViewLibrary library = ViewLibrary.load();
  private final LakeQuestions lake;
  private final InstantSource clock;
  private final Remembered<LocalDate, List<EmailDay>> days;

  EmailDays(LakeQuestions lake, InstantSource clock) {
    this.lake = lake;
    this.clock = clock;
    this.days = new Remembered<>(MEMORY, clock, this::ask);
  }

  /// Newest first; null until the report has been asked for.
  @Nullable List<EmailDay> newest() {
    return days.peek(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private List<EmailDay> ask(LocalDate today) throws IOException {
    ResultTable rows =
        lake.report(
            library.report("email_engagement").orElseThrow(),
            new ReportPeriod(today.minusDays(DAYS - 1), today),
            QueryLimits.PAGE);
    var found = new ArrayList<EmailDay>();
    for (int row = rows.rows().size() - 1; row >= 0; row--) {
      found.add(day(rows, row));
    }
    return List.copyOf(found);
  }

  private static EmailDay day(ResultTable rows, int row) {
    Number sent = (Number) rows.value(row, "sent");
    return new EmailDay(
        FORM.format(LocalDate.parse(String.valueOf(rows.value(row, "day")))),
        sent == null ? 0 : sent.longValue(),
        rate(rows, row, "delivery_rate"),
        rate(rows, row, "human_open_rate"),
        rate(rows, row, "open_rate"),
        rate(rows, row, "human_click_rate"),
        rate(rows, row, "bounce_rate"));
  }

  private static @Nullable Double rate(ResultTable rows, int row, String column) {
    Number rate = (Number) rows.value(row, column);
    return rate == null ? null : (Double) rate.doubleValue();
  }
}
