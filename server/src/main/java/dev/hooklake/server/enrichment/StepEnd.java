package dev.hooklake.server.enrichment;

import dev.hooklake.server.enrichment.call.Failure;
import org.jdbi.v3.core.HandleConsumer;

/// How an attempt at a step ended.
sealed interface StepEnd {
  HandleConsumer<RuntimeException> NOTHING = _ -> {};

  /// Its effect is stored in the transaction that records it.
  ///
  /// @param result a class of result, for operators; no values
  record Done(String result, HandleConsumer<RuntimeException> effect) implements StepEnd {
    Done(String result) {
      this(result, NOTHING);
    }
  }

  /// There was nothing to do.
  record Skipped(String why) implements StepEnd {}

  /// The whole event has come to its end.
  record Finished(Outcome outcome) implements StepEnd {}

  /// Tried again, unless the failure or the number of attempts says otherwise.
  record Failed(Failure failure) implements StepEnd {}

  /// The whole event has failed.
  record GivenUp(String reason) implements StepEnd {}
}
