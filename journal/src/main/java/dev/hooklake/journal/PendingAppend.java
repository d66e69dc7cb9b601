package dev.hooklake.journal;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One caller's entries on their way to the disk. The caller sleeps until the writer has decided on
/// all of them.
final class PendingAppend {

  private final Thread caller = Thread.currentThread();
  private final List<Entry> entries;
  private final AppendOutcome[] outcomes;
  private volatile boolean complete;

  /// The queue's link to the append before.
  @Nullable PendingAppend link;

  PendingAppend(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.outcomes = new AppendOutcome[entries.size()];
  }

  List<Entry> entries() {
    return entries;
  }

  void decide(int index, AppendOutcome outcome) {
    outcomes[index] = outcome;
  }

  void decideAll(AppendOutcome outcome) {
    Arrays.fill(outcomes, outcome);
  }

  void complete() {
    complete = true;
    LockSupport.unpark(caller);
  }

  List<AppendOutcome> await() throws InterruptedException {
    while (!complete) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        // The entries may still be written: to the caller their fate is unknown.
        throw new InterruptedException("interrupted while an append was being synced");
      }
    }
    return List.of(outcomes);
  }
}
