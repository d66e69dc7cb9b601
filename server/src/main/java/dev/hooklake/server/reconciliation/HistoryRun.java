package dev.hooklake.server.reconciliation;

import dev.hooklake.server.operations.OperationsDatabase;
import dev.hooklake.server.pipeline.OwnEvents;
import dev.hooklake.server.reconciliation.Comparison.Outcome;
import dev.hooklake.server.reconciliation.HeldEvents.Days;
import dev.hooklake.server.reconciliation.HistoryJob.Kind;
import dev.hooklake.server.reconciliation.ProviderHistory.Look;
import dev.hooklake.server.reconciliation.ProviderHistory.Naming;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one job: a reconciliation compares and stores the figures, a backfill fills and then
/// reconciles, so that its figures are measured and not hoped for.
public final class HistoryRun {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryRun.class);

  /// What all jobs work with.
  public record Ground(
      OwnEvents events,
      OperationsDatabase database,
      NameKeeper names,
      ExportFolder exports,
      HistorySettings settings,
      InstantSource clock) {}

  private final Ground ground;
  private final CheckedSource source;
  private final HeldEvents held;
  private Subscription subscription = Subscription.UNKNOWN;

  HistoryRun(Ground ground, CheckedSource source, HeldEvents held) {
    this.ground = ground;
    this.source = source;
    this.held = held;
  }

  /// Why it broke off; empty when it is done.
  Optional<String> of(HistoryJob asked, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    List<String> notes = new ArrayList<>();
    look(notes);
    Optional<HistoryJob> within = withinReach(asked, notes);
    if (within.isEmpty()) {
      return Optional.of(String.join("; ", notes));
    }
    HistoryJob job = within.get().noting(notes.isEmpty() ? null : String.join("; ", notes));
    progressed.accept(job);
    Outcome outcome =
        job.kind() == Kind.BACKFILL ? backfill(job, progressed) : reconcile(job, progressed);
    return outcome instanceof Outcome.BrokenOff(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }

  private Outcome backfill(HistoryJob job, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    if (job.export() != null) {
      return new ExportBackfill(this, job.export()).run(new Latest(job, progressed));
    }
    if (job.checking()) {
      return reconcile(job, progressed);
    }
    var latest = new Latest(job, progressed);
    Outcome filled = new Backfill(this, job.progress()).fill(job, latest);
    if (job.dryRun() || filled instanceof Outcome.BrokenOff) {
      return filled;
    }
    latest.accept(latest.job.fetched());
    return reconcile(latest.job, progressed);
  }

  private Outcome reconcile(HistoryJob job, Consumer<HistoryJob> progressed)
      throws IOException, InterruptedException {
    return new Reconciliation(this).compare(job, progressed);
  }

  private void look(List<String> notes) throws InterruptedException {
    switch (source.history().subscription()) {
      case Look.Seen(Subscription seen) -> subscription = seen;
      case Look.Failed(String reason) ->
          notes.add("the provider's webhooks cannot be read, so they explain nothing: " + reason);
    }
  }

  /// What the provider does not show any more cannot be compared, and gets no figure.
  private Optional<HistoryJob> withinReach(HistoryJob job, List<String> notes) {
    LocalDate reach = source.history().reachesBackTo(LocalDate.ofInstant(now(), ZoneOffset.UTC));
    Days days = job.days();
    if (!days.from().isBefore(reach)) {
      return Optional.of(job);
    }
    notes.add("the provider's list reaches back to " + reach + "; days before it are not checked");
    return days.to().isBefore(reach)
        ? Optional.empty()
        : Optional.of(job.on(new Days(reach, days.to())));
  }

  /// Notes what things are called now. Figures do not depend on it, so a failure is only logged.
  void keepNames(List<Parent> parents) throws InterruptedException {
    try {
      switch (source.history().names(parents)) {
        case Naming.Seen(List<ProviderName> names) -> ground.names().keep(source.name(), names);
        case Naming.Failed(String reason) ->
            LOG.warn("The names of {} at its provider cannot be had: {}", source.name(), reason);
      }
    } catch (IOException e) {
      LOG.warn("The names of {} cannot be kept: {}", source.name(), e.getMessage());
    }
  }

  ExportFolder exports() {
    return ground.exports();
  }

  /// The first day on which a message may have been created that did something on `days`.
  LocalDate createdFrom(Days days) {
    return days.from().minusDays(ground.settings().lookbackDays());
  }

  OperationsDatabase database() {
    return ground.database();
  }

  OwnEvents events() {
    return ground.events();
  }

  CheckedSource source() {
    return source;
  }

  HeldEvents held() {
    return held;
  }

  Instant now() {
    return ground.clock().instant();
  }

  Comparison comparison(Days days) {
    var before = new Observations(ground.database()).note(source.name(), subscription, now());
    var explanations = new Explanations(subscription, before, now(), ground.settings().settle());
    return new Comparison(held, explanations, days, ground.clock());
  }

  /// From the newest day, or from just before `done`, back to the oldest on which a message may
  /// have been created that did something on `days`.
  ProviderHistory.Walk walk(Days days, @Nullable LocalDate done) {
    LocalDate newest = done == null ? days.to() : done.minusDays(1);
    return source.history().walk(newest, createdFrom(days));
  }

  /// Passes progress on and remembers where it came to.
  static final class Latest implements Consumer<HistoryJob> {
    private final Consumer<HistoryJob> next;
    private HistoryJob job;

    HistoryJob job() {
      return job;
    }

    Latest(HistoryJob job, Consumer<HistoryJob> next) {
      this.job = job;
      this.next = next;
    }

    @Override
    public void accept(HistoryJob reached) {
      job = reached;
      next.accept(reached);
    }
  }
}
