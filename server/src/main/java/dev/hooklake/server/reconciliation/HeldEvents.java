package dev.hooklake.server.reconciliation;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;

/// What we have of deliveries.
public interface HeldEvents {

  /// Waits until everything the journal had when this was called is in what `of` reads.
  void catchUp() throws IOException, InterruptedException;

  /// By delivery; those we have nothing of are not in it.
  ///
  /// @param since no event of theirs is older than this day
  Map<String, Held> of(Collection<? extends ListedMessage> messages, LocalDate since)
      throws IOException;

  /// Distinct deliveries by day of `zone`, channel, metric and parent, of events on these days.
  ///
  /// @param zone of a region, such as `UTC` or `America/New_York`
  void count(Days days, ZoneId zone, Counted counted) throws IOException;

  /// First and last day, both included.
  record Days(LocalDate from, LocalDate to) {
    boolean hold(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  interface Counted {
    void row(LocalDate day, String channel, String metric, Parent parent, long deliveries);
  }
}
