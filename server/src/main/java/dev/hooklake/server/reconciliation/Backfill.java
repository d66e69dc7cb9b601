package dev.hooklake.server.reconciliation;

import dev.hooklake.journal.AppendOutcome;
import dev.hooklake.journal.Entry;
import dev.hooklake.journal.EventKey;
import dev.hooklake.server.pipeline.EventCodec;
import dev.hooklake.server.reconciliation.Comparison.Compared;
import dev.hooklake.server.reconciliation.Comparison.Gap;
import dev.hooklake.server.reconciliation.Comparison.Outcome;
import dev.hooklake.server.reconciliation.HistoryJob.Progress;
import dev.hooklake.sources.SourceEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Puts what the provider shows and we do not have into the journal, whence it goes the way of
/// every event.
///
/// A fact always gives the same event key, and what is in the lake is not missing. So a job that
/// was killed goes on at its last finished day, and what it had done beyond that changes nothing.
final class Backfill {
  private static final int BATCH = 500;

  private final HistoryRun run;
  private Progress reached;

  Backfill(HistoryRun run, Progress reached) {
    this.run = run;
    this.reached = reached;
  }

  Outcome fill(HistoryJob job, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    return fill(job, run.walk(job.days(), job.doneDay()), progressed);
  }

  Outcome fill(HistoryJob job, ProviderHistory.Walk walk, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    return go(job, walk, progressed, missing -> job.dryRun() ? missing.size() : append(missing));
  }

  /// Only counts what is still missing.
  Outcome check(HistoryJob job, ProviderHistory.Walk walk, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    return go(job, walk, progressed, missing -> 0);
  }

  /// Does something with what is missing; how much of it counts as filled.
  private interface Filling {
    long fill(List<SourceEvent> missing) throws IOException, InterruptedException;
  }

  private Outcome go(
      HistoryJob job, ProviderHistory.Walk walk, Consumer<HistoryJob> progressed, Filling filling)
      throws IOException, InterruptedException {
    long requestsBefore = reached.requests();
    return run.comparison(job.days())
        .run(
            walk,
            (messages, done) -> {
              long filled = filling.fill(missing(messages));
              count(messages, filled, requestsBefore + walk.requests());
              LocalDate doneDay = done == null ? job.doneDay() : done;
              progressed.accept(job.at(doneDay, reached));
            });
  }

  private List<SourceEvent> missing(List<Compared> messages) {
    Instant now = run.now();
    List<SourceEvent> events = new ArrayList<>();
    for (Compared compared : messages) {
      for (Gap gap : compared.gaps()) {
        if (gap.reason().isMissing()) {
          events.add(compared.message().event(gap.fact(), now));
        }
      }
    }
    return events;
  }

  private long append(List<SourceEvent> events) throws IOException, InterruptedException {
    long appended = 0;
    for (int from = 0; from < events.size(); from += BATCH) {
      List<Entry> batch =
          events.subList(from, Math.min(events.size(), from + BATCH)).stream()
              .map(Backfill::entry)
              .toList();
      for (AppendOutcome outcome : run.events().append(batch)) {
        appended += settled(outcome);
      }
    }
    return appended;
  }

  private static long settled(AppendOutcome outcome) throws IOException {
    return switch (outcome) {
      case AppendOutcome.Appended _ -> 1;
      case AppendOutcome.Duplicate _ -> 0;
      case AppendOutcome.Full _ ->
          throw new IOException(
              "the journal is full; see ./hooklake status, and ask for the backfill again");
      case AppendOutcome.Failed(String reason) ->
          throw new IOException("the journal failed: " + reason);
    };
  }

  private static Entry entry(SourceEvent event) {
    return new Entry(EventKey.of(event.source(), event.eventKey()), EventCodec.encode(event));
  }

  private void count(List<Compared> messages, long filled, long requests) {
    var tally = new Tally();
    tally.add(messages);
    Tally.Counts counts = tally.total();
    reached =
        new Progress(
            reached.listed() + tally.listed(),
            reached.expected() + counts.expected(),
            reached.matched() + counts.matched(),
            reached.missing() + counts.missing(),
            reached.explained() + counts.explained(),
            reached.filled() + filled,
            requests);
  }
}
