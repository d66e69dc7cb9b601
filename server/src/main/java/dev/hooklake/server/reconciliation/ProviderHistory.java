package dev.hooklake.server.reconciliation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One source's messages as the provider's own API lists them.
public interface ProviderHistory {

  /// Messages created on these UTC days, the newest day first.
  Walk walk(LocalDate newest, LocalDate oldest);

  /// The oldest day the list still shows.
  default LocalDate reachesBackTo(LocalDate today) {
    return LocalDate.EPOCH;
  }

  /// How the provider's webhook is set now; [Subscription#UNKNOWN] where the API does not tell.
  Look subscription() throws InterruptedException;

  /// The provider's counts by day, of everything that the counts of ours are of.
  ///
  /// @param parents that our counts name
  default Counts reported(List<Parent> parents, LocalDate from, LocalDate to)
      throws InterruptedException {
    return new Counts(List.of(), null);
  }

  /// Exports of deliveries as files; empty where the provider has none.
  default Optional<CustomerIoExports> exports() {
    return Optional.empty();
  }

  /// What things are called; nothing where the API has no names.
  ///
  /// @param parents whose parts are wanted too
  default Naming names(List<Parent> parents) throws InterruptedException {
    return new Naming.Seen(List.of());
  }

  /// A way through the list. Used by one thread.
  interface Walk {
    Step next() throws InterruptedException;

    long requests();
  }

  sealed interface Step {
    record Messages(List<? extends ListedMessage> messages) implements Step {}

    /// Every message created on that day or later has been handed over.
    record DayDone(LocalDate day) implements Step {}

    record End() implements Step {}

    /// The list broke off; what came before it is not all.
    record Broken(String reason) implements Step {}
  }

  /// What a look at the webhook brought.
  sealed interface Look {
    record Seen(Subscription subscription) implements Look {}

    record Failed(String reason) implements Look {}
  }

  /// The provider's own counts, as far as they can be had.
  ///
  /// @param note what is not in them and why; null when they are whole
  record Counts(List<Reported> reported, @Nullable String note) {
    public Counts {
      reported = List.copyOf(reported);
    }
  }

  /// What asking for names brought.
  sealed interface Naming {
    record Seen(List<ProviderName> names) implements Naming {
      public Seen {
        names = List.copyOf(names);
      }
    }

    record Failed(String reason) implements Naming {}
  }
}
