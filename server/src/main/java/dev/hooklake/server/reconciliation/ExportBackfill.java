package dev.hooklake.server.reconciliation;

import dev.hooklake.providers.Answer;
import dev.hooklake.providers.Failure;
import dev.hooklake.providers.customerio.ExportState;
import dev.hooklake.providers.customerio.Reading;
import dev.hooklake.providers.customerio.UnusableExport;
import dev.hooklake.server.reconciliation.Comparison.Outcome;
import dev.hooklake.server.reconciliation.HistoryJob.Progress;
import dev.hooklake.server.reconciliation.HistoryRun.Latest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A backfill that reads a file of deliveries: has it made and fetches it, unless it is there; puts
/// what is missing into the journal; and goes through the file again to count what still is.
///
/// A job that was killed goes on with the export it asked for and the file it has, from the file's
/// beginning: what is in the lake is not missing, and a fact always gives the same event key.
final class ExportBackfill {
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);

  private final HistoryRun run;
  private final ExportPart part;

  /// How many deliveries the provider said the file has; 0 when it was not asked now.
  private long told;

  ExportBackfill(HistoryRun run, ExportPart part) {
    this.run = run;
    this.part = part;
  }

  Outcome run(Latest job) throws IOException, InterruptedException {
    Path file = run.exports().of(job.job().id());
    if (!Files.exists(file)) {
      Optional<String> failure = fetch(job);
      if (failure.isPresent()) {
        return new Outcome.BrokenOff(failure.get());
      }
    }
    try {
      return read(job, file);
    } catch (UnusableExport e) {
      return new Outcome.BrokenOff(String.valueOf(e.getMessage()));
    }
  }

  /// Why there is no file; empty when there is one now.
  private Optional<String> fetch(Latest job) throws IOException, InterruptedException {
    if (part.of() == ExportPart.Of.FILE) {
      return Optional.of(
          "the file is not there any more, an erasure removes such files; ask again with the file");
    }
    Optional<CustomerIoExports> exports = run.source().history().exports();
    if (exports.isEmpty()) {
      return Optional.of("the provider has no exports of deliveries");
    }
    return fetch(job, exports.get());
  }

  private Optional<String> fetch(Latest job, CustomerIoExports exports)
      throws IOException, InterruptedException {
    Long id = part.exportId();
    if (id == null) {
      Answer<ExportState> ordered = order(job.job(), exports);
      if (ordered instanceof Answer.Failed<ExportState>(Failure why)) {
        return Optional.of(why.message());
      }
      id = ordered.orThrow().id();
      job.accept(job.job().exporting(part.asked(id)));
    }
    Answer<ExportState> made = exports.made(id);
    if (made instanceof Answer.Failed<ExportState>(Failure why)) {
      return Optional.of(why.message());
    }
    told = made.orThrow().total();
    Path to = run.exports().begin(job.job().id());
    Answer<Path> fetched = exports.fetch(id, to, run.exports().room());
    if (fetched instanceof Answer.Failed<Path>(Failure why)) {
      return Optional.of(why.message());
    }
    run.exports().whole(job.job().id());
    return Optional.empty();
  }

  private Answer<ExportState> order(HistoryJob job, CustomerIoExports exports)
      throws InterruptedException {
    return exports.order(
        part, midnight(run.createdFrom(job.days())), midnight(job.days().to().plusDays(1)));
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private Outcome read(Latest job, Path file) throws IOException, InterruptedException {
    if (!job.job().checking()) {
      Outcome filled = fill(job, file);
      if (job.job().dryRun() || filled instanceof Outcome.BrokenOff) {
        return filled;
      }
      job.accept(job.job().fetched());
    }
    try (ExportWalk walk = open(file)) {
      note(job, walk);
      Outcome checked = new Backfill(run, anew(job.job())).check(job.job(), walk, job);
      return judged(job, checked, walk);
    }
  }

  private Outcome fill(Latest job, Path file) throws IOException, InterruptedException {
    try (ExportWalk walk = open(file)) {
      if (job.job().dryRun()) {
        note(job, walk);
      }
      Outcome filled = new Backfill(run, anew(job.job())).fill(job.job(), walk, job);
      return job.job().dryRun() ? judged(job, filled, walk) : filled;
    }
  }

  private ExportWalk open(Path file) throws IOException {
    String type = part.channel() == null ? null : part.channel().label();
    var reading = new Reading(type, run.now().plus(CLOCKS_DIFFER_BY));
    return new ExportWalk(run.source().name(), file, reading);
  }

  private static void note(Latest job, ExportWalk walk) {
    walk.unused().ifPresent(text -> job.accept(job.job().alsoNoting(text)));
  }

  /// A job that passed rows over did not do all, and says so loudly.
  private Outcome judged(Latest job, Outcome outcome, ExportWalk walk) {
    walk.rowsBeside(told).ifPresent(text -> job.accept(job.job().alsoNoting(text)));
    walk.passedOver().ifPresent(text -> job.accept(job.job().alsoNoting(text)));
    @Nullable String unreadable = walk.unreadable().orElse(null);
    return outcome instanceof Outcome.Whole && unreadable != null
        ? new Outcome.BrokenOff(unreadable)
        : outcome;
  }

  /// The file is gone through from its beginning, whatever was counted before; what was filled
  /// stays filled.
  private static Progress anew(HistoryJob job) {
    Progress before = job.progress();
    return new Progress(0, 0, 0, 0, 0, job.dryRun() ? 0 : before.filled(), before.requests());
  }
}
