package dev.hooklake.server.app;

import dev.hooklake.journal.Journal;
import dev.hooklake.journal.JournalStatus;
import dev.hooklake.server.intake.Readiness;
import java.util.Optional;

/// Ready while the journal takes whatever may come. The lake does not matter: that is what the
/// journal is for.
record JournalReadiness(Journal journal) implements Readiness {
  @Override
  public Optional<String> obstacle() {
    JournalStatus status = journal.status();
    if (!status.writable()) {
      return Optional.of("the journal failed to write and closed itself; restart to recover it");
    }
    return status.full()
        ? Optional.of(
            "the journal is full: the lake has not taken its records, or the disk has no room")
        : Optional.empty();
  }
}
