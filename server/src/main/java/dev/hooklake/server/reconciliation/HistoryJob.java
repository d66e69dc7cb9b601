package dev.hooklake.server.reconciliation;

import dev.hooklake.server.reconciliation.HeldEvents.Days;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A reconciliation or a backfill of one source, as it was asked for and as far as it has come.
///
/// @param days on which the events happened
/// @param dryRun of a backfill: only says what it would fetch
/// @param export of a backfill that reads a file instead of the provider's list; else null
/// @param askedBy `person` or `nightly`
/// @param doneDay messages created on that day or later are done; null at the beginning
/// @param checking of a backfill: all is fetched, and is held against the provider's list
/// @param note what the figures leave out; null when nothing
/// @param failure why it ended without being done; null otherwise
public record HistoryJob(
    String id,
    Kind kind,
    String source,
    Days days,
    boolean dryRun,
    @Nullable ExportPart export,
    String askedBy,
    State state,
    Times times,
    @Nullable LocalDate doneDay,
    boolean checking,
    Progress progress,
    @Nullable String note,
    @Nullable String failure) {

  public enum Kind {
    RECONCILIATION,
    BACKFILL;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// | state   | next                                                             |
  /// |---------|------------------------------------------------------------------|
  /// | WAITING | RUNNING, when those before it are done                           |
  /// | RUNNING | DONE or FAILED; WAITING again when the server ends in the middle |
  /// | DONE    |                                                                  |
  /// | FAILED  | asking for it again does what is left                           |
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Null until it happened.
  public record Times(Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {}

  /// Counts of facts, but for `listed` messages and `requests` to the provider.
  ///
  /// @param filled put into the journal by a backfill; what it would put there in a dry run
  public record Progress(
      long listed,
      long expected,
      long matched,
      long missing,
      long explained,
      long filled,
      long requests) {
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);
  }

  public boolean ended() {
    return state == State.DONE || state == State.FAILED;
  }

  /// How much of the way through the provider's list is done, which runs from the newest day to the
  /// oldest; null when not known. A backfill goes through it twice: to fetch, and to check.
  public @Nullable Double share() {
    if (state == State.DONE) {
      return 1.0;
    }
    if (kind != Kind.BACKFILL || dryRun) {
      return through();
    }
    Double through = through();
    if (!checking) {
      return through == null ? null : (Double) (through / 2);
    }
    return through == null ? 0.5 : 0.5 + through / 2;
  }

  private @Nullable Double through() {
    if (doneDay == null) {
      return null;
    }
    double all = ChronoUnit.DAYS.between(days.from(), days.to()) + 1.0;
    double done = ChronoUnit.DAYS.between(doneDay, days.to()) + 1.0;
    return Math.min(1, done / all);
  }

  /// An estimate of the time until it is done; null when there is no ground for one.
  public @Nullable Duration left(Instant now) {
    Double share = share();
    Instant startedAt = times.startedAt();
    if (ended() || share == null || share == 0 || startedAt == null) {
      return null;
    }
    double elapsed = Duration.between(startedAt, now).toSeconds();
    return Duration.ofSeconds(Math.round(elapsed * (1 - share) / share));
  }

  HistoryJob in(State next, Times nextTimes, @Nullable String nextFailure) {
    return new HistoryJob(
        id,
        kind,
        source,
        days,
        dryRun,
        export,
        askedBy,
        next,
        nextTimes,
        doneDay,
        checking,
        progress,
        note,
        nextFailure);
  }

  /// As it begins, or goes on after its server ended: only fetching goes on behind the last day.
  HistoryJob taken(Instant now) {
    boolean goesOn = kind == Kind.BACKFILL && !checking;
    return at(goesOn ? doneDay : null, progress)
        .in(State.RUNNING, new Times(times.createdAt(), now, null), null);
  }

  HistoryJob at(@Nullable LocalDate day, Progress reached) {
    return of(day, checking, reached, note);
  }

  /// A backfill that has fetched all.
  HistoryJob fetched() {
    return of(null, true, progress, note);
  }

  private HistoryJob of(
      @Nullable LocalDate day, boolean checks, Progress reached, @Nullable String noted) {
    return new HistoryJob(
        id, kind, source, days, dryRun, export, askedBy, state, times, day, checks, reached, noted,
        failure);
  }

  HistoryJob on(Days fewer) {
    return new HistoryJob(
        id, kind, source, fewer, dryRun, export, askedBy, state, times, doneDay, checking, progress,
        note, failure);
  }

  /// With the export asked for.
  HistoryJob exporting(ExportPart asked) {
    return new HistoryJob(
        id, kind, source, days, dryRun, asked, askedBy, state, times, doneDay, checking, progress,
        note, failure);
  }

  HistoryJob alsoNoting(String text) {
    return noting(note == null ? text : note + "; " + text);
  }

  HistoryJob noting(@Nullable String text) {
    return of(doneDay, checking, progress, text);
  }
}
