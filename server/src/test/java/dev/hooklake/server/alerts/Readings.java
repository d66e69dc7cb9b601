package dev.hooklake.server.alerts;

import dev.hooklake.server.alerts.Measurements.ChannelFigures;
import dev.hooklake.server.alerts.Measurements.Delay;
import dev.hooklake.server.alerts.Measurements.GivenUp;
import dev.hooklake.server.alerts.Measurements.Quarantined;
import dev.hooklake.server.alerts.Measurements.QuietSource;
import dev.hooklake.server.alerts.Measurements.Sent;
import dev.hooklake.server.alerts.Measurements.SourceTraffic;
import dev.hooklake.server.alerts.Measurements.Space;
import dev.hooklake.server.alerts.Measurements.Window;
import dev.hooklake.server.alerts.drift.DriftEntry;
import dev.hooklake.server.alerts.drift.DriftKind;
import dev.hooklake.server.reconciliation.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Measurements of a healthy server, and of one that has what a rule objects to.
final class Readings {
  static final String SOURCE = "customerio";
  private static final long GIB = 1L << 30;

  private Readings() {}

  static Measurements healthy(Instant now) {
    return new Measurements(
        now,
        traffic(new SourceTraffic(SOURCE, 1_000, 0, 0)),
        List.of(new Space("journal", GIB, 10 * GIB), new Space("disk", 10 * GIB, 100 * GIB)),
        List.of(new Delay("lake", Duration.ofSeconds(3), null, false)),
        List.of(new QuietSource(SOURCE, now.minusSeconds(30), tenEveryQuarter(now))),
        List.of(checked(now, 10_000, 10)),
        List.of(),
        List.of(),
        List.of(channel(new Sent(10_000, 9_900, 50, 2, 20))),
        List.of());
  }

  /// The same with one thing amiss.
  static Measurements amiss(RuleName rule, Instant now) {
    Measurements well = healthy(now);
    return switch (rule) {
      case VERIFICATION_FAILURES -> with(well, new SourceTraffic(SOURCE, 1_000, 1, 0));
      case VERIFICATION_FAILURE_RATE -> with(well, new SourceTraffic(SOURCE, 20, 20, 0));
      case ERROR_RATE -> with(well, new SourceTraffic(SOURCE, 1_000, 0, 10));
      case PROCESSING_DELAY ->
          with(well, new Delay("lake", Duration.ofMinutes(6), "no space", false));
      case MISSING_EVENTS ->
          with(
              well,
              new QuietSource(SOURCE, now.minus(Duration.ofMinutes(60)), tenEveryQuarter(now)));
      case COMPLETENESS -> withChecked(well, List.of(checked(now, 10_000, 11)));
      case QUARANTINE_GROWTH -> withQuarantined(well, new Quarantined(SOURCE, "NOT_JSON", 10));
      case DRIFT -> withDrift(well, now);
      case BOUNCE_RATE -> with(well, new Sent(10_000, 9_600, 200, 0, 0));
      case COMPLAINT_RATE -> with(well, new Sent(10_000, 9_900, 0, 10, 0));
      case UNSUBSCRIBE_RATE -> with(well, new Sent(10_000, 9_900, 0, 0, 99));
      case DELIVERY_RATE_DROP -> with(well, new Sent(10_000, 9_300, 0, 0, 0));
      case JOURNAL_SPACE -> with(well, new Space("journal", 5 * GIB, 10 * GIB));
      case DISK_SPACE -> with(well, new Space("disk", 91 * GIB, 100 * GIB));
      case DEAD_LETTERS -> withGivenUp(well, new GivenUp("leads", 3));
    };
  }

  /// Nothing but the traffic could be measured, and that not for long enough.
  static Measurements unmeasured(Instant now) {
    return new Measurements(
        now,
        new Window(Duration.ofMinutes(1), false, List.of()),
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  static Rhythm tenEveryQuarter(Instant now) {
    Map<Long, Long> counts = new HashMap<>();
    long end = now.getEpochSecond() / 900;
    for (long slot = end - 4 * 672; slot < end; slot++) {
      counts.put(slot, 10L);
    }
    return Rhythm.of(counts, now, ZoneOffset.UTC);
  }

  static Measurements with(Measurements m, SourceTraffic traffic) {
    return new Measurements(
        m.at(),
        traffic(traffic),
        m.spaces(),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  static Measurements with(Measurements m, Space space) {
    return new Measurements(
        m.at(),
        m.window(),
        List.of(space),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  static Measurements with(Measurements m, Delay delay) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        List.of(delay),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  private static Measurements with(Measurements m, QuietSource quiet) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        List.of(quiet),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  private static Measurements with(Measurements m, Sent recent) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        List.of(channel(recent)),
        m.givenUp());
  }

  static Measurements withChecked(Measurements m, List<Figures.Day> days) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        m.quiet(),
        days,
        m.quarantined(),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  private static Measurements withQuarantined(Measurements m, Quarantined group) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        List.of(group),
        m.drift(),
        m.channels(),
        m.givenUp());
  }

  private static Measurements withDrift(Measurements m, Instant now) {
    var entry =
        new DriftEntry(
            SOURCE, DriftKind.FIELD, "data.mood", now, now, 1, "text of 4 characters", "e1", true);
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        List.of(entry),
        m.channels(),
        m.givenUp());
  }

  private static Measurements withGivenUp(Measurements m, GivenUp what) {
    return new Measurements(
        m.at(),
        m.window(),
        m.spaces(),
        m.delays(),
        m.quiet(),
        m.checkedDays(),
        m.quarantined(),
        m.drift(),
        m.channels(),
        List.of(what));
  }

  private static Figures.Day checked(Instant now, long expected, long missing) {
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
    return new Figures.Day(SOURCE, day, expected, expected - missing, missing, 0, "job", now);
  }

  private static Window traffic(SourceTraffic traffic) {
    return new Window(Duration.ofMinutes(15), true, List.of(traffic));
  }

  private static ChannelFigures channel(Sent recent) {
    return new ChannelFigures("email", recent, new Sent(70_000, 69_300, 300, 20, 100));
  }
}
