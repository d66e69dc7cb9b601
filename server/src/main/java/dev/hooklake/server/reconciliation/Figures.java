package dev.hooklake.server.reconciliation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What reconciliations found, as console, alerts and commands read it.
public final class Figures {
  private Figures() {}

  /// How much of a day is here.
  ///
  /// @param expected facts the provider shows
  /// @param explained not here for a reason that is no loss, see [Reason]
  public record Day(
      String source,
      LocalDate day,
      long expected,
      long matched,
      long missing,
      long explained,
      String jobId,
      Instant checkedAt) {

    /// 1 when nothing is missing; what is explained counts neither way.
    public double completeness() {
      return matched + missing == 0 ? 1 : (double) matched / (matched + missing);
    }
  }

  /// How a source stands by its last checks, for whoever is to be told.
  ///
  /// @param matched of the newest days that were checked, at most a week of them
  /// @param oldestMissing of those days the first with something missing; null when none
  /// @param checkedAt when the last of them was checked; null when none ever was
  /// @param failure why the last job failed; null when it did not
  public record Standing(
      long matched,
      long missing,
      @Nullable LocalDate oldestMissing,
      @Nullable Instant checkedAt,
      @Nullable String failure) {

    public double completeness() {
      return matched + missing == 0 ? 1 : (double) matched / (matched + missing);
    }
  }

  /// A day's counts by metric and parent.
  ///
  /// @param ours distinct deliveries in the channel tables, listed by the provider or not
  public record Count(
      LocalDate day,
      String channel,
      String metric,
      Parent parent,
      long expected,
      long matched,
      long missing,
      long explained,
      long ours) {}

  public record ReasonCount(LocalDate day, String metric, String reason, long events) {}

  /// The provider's own count beside ours.
  ///
  /// @param zone whose midnights part the days
  public record ReportedCount(
      String zone, LocalDate day, Parent parent, String metric, long reported, long ours) {}

  /// One event that the provider shows and we do not have.
  public record MissingEvent(
      LocalDate day,
      String deliveryId,
      String channel,
      String metric,
      String doer,
      Parent parent,
      Instant occurredAt,
      String reason) {}

  /// All of one source and span of days.
  public record Report(
      Newest<Day> days,
      Newest<Count> counts,
      Newest<ReasonCount> reasons,
      Newest<ReportedCount> reported) {}

  /// The newest of the rows that there are.
  ///
  /// @param cutOff whether there are older ones
  public record Newest<T>(List<T> rows, boolean cutOff) {
    static <T> Newest<T> of(List<T> rows, int most) {
      return rows.size() > most
          ? new Newest<>(List.copyOf(rows.subList(0, most)), true)
          : new Newest<>(List.copyOf(rows), false);
    }
  }
}
