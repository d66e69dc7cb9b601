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
/// @param askedBy `person` or `nightly`
/// @param doneDay messages created on that day or later are done; null at the beginning
/// @param note what the figures leave out; null when nothing
/// @param failure why it ended without being done; null otherwise
public record HistoryJob(
    String id,
    Kind kind,
    String source,
    Days days,
    boolean dryRun,
    String askedBy,
    State state,
    Times times,
    @Nullable LocalDate doneDay,
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
  /// oldest; null when not known.
  public @Nullable Double share() {
    if (doneDay == null) {
      return null;
    }
    double all = ChronoUnit.DAYS.between(days.from(), days.to()) + 1.0;
    double through = ChronoUnit.DAYS.between(doneDay, days.to()) + 1.0;
    return Math.min(1, through / all);
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
        askedBy,
        next,
        nextTimes,
        doneDay,
        progress,
        note,
        nextFailure);
  }

  HistoryJob at(@Nullable LocalDate day, Progress reached) {
    return new HistoryJob(
        id, kind, source, days, dryRun, askedBy, state, times, day, reached, note, failure);
  }

  HistoryJob on(Days fewer) {
    return new HistoryJob(
        id, kind, source, fewer, dryRun, askedBy, state, times, doneDay, progress, note, failure);
  }

  HistoryJob alsoNoting(String text) {
    return noting(note == null ? text : note + "; " + text);
  }

  HistoryJob noting(@Nullable String text) {
    return new HistoryJob(
        id, kind, source, days, dryRun, askedBy, state, times, doneDay, progress, text, failure);
  }
}
