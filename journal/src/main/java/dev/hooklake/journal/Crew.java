package dev.hooklake.journal;

import java.util.function.BooleanSupplier;

/// Who does the writer's and the keeper's work.
interface Crew {

  /// Something waits in the queue.
  void callWriter();

  void callKeeper();

  /// Lets both finish what they are at; the keeper leaves off at the next good place.
  void dismiss();

  /// What the crew works on.
  interface Work {

    boolean appendsWait();

    void write();

    /// Whether nothing can be written before there is room again.
    boolean looksForRoom();

    /// To be done now and then while nothing is there to write.
    void lookForRoom();

    /// False when something failed and is to be tried again.
    boolean keep(BooleanSupplier cancelled);
  }
}
