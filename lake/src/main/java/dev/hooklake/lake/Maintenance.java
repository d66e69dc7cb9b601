package dev.hooklake.lake;

import dev.hooklake.lake.MaintenanceStep.Checkpointed;
import dev.hooklake.lake.MaintenanceStep.Configured;
import dev.hooklake.lake.MaintenanceStep.Failed;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the lake's tables in shape beside whoever writes to them: days beyond retention go, small
/// files become large ones, logs get checkpoints and lose what is old, unneeded files are deleted.
///
/// Every step is a Delta commit like any other, or deletes what no kept version refers to. So a
/// process may be killed at any moment, any number of maintainers may run at once (the slower one's
/// step fails and is done again), and readers never notice. Called by one thread.
public final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  private final LakeAccess lake;
  private final Consumer<Table> changed;
  private final MaintenanceSettings settings;
  private final Scratch scratch;
  private final GroupSizes sizes;

  /// @param changed told of each table that a step changed
  Maintenance(LakeAccess lake, Consumer<Table> changed, MaintenanceSettings settings) {
    this.lake = lake;
    this.changed = changed;
    this.settings = settings;
    scratch = new Scratch(settings.scratch(), lake.writer().next());
    sizes = new GroupSizes(settings.targetBytes());
  }

  /// Deletes what killed processes left in the scratch directory; the work of one that is running
  /// fails and is to be done again.
  ///
  /// @throws IOException names the first of what cannot be deleted; everything else is
  public void clearScratch() throws IOException {
    Scratch.clear(settings.scratch());
  }

  /// Expires, compacts and checkpoints one table until there is nothing left to do or a step fails.
  ///
  /// @param pace told of each step that did something; what it waits, maintenance waits
  public void tidy(Table table, Pace pace) throws InterruptedException {
    var round = new Round(table, pace);
    round.repeat(() -> configure(table));
    round.repeat(() -> expire(table));
    round.repeat(() -> new Compaction(lake, table, settings, scratch, sizes).step());
    if (round.didSomething) {
      round.take(() -> checkpoint(table));
    }
  }

  /// Deletes log entries and data files that the kept versions of one table do not need.
  public void clean(Table table, Pace pace) throws InterruptedException {
    var round = new Round(table, pace);
    round.take(() -> new LogCleanup(lake, table, settings.keepVersions()).step());
    round.take(() -> new Vacuum(lake, table, settings.keepVersions()).step());
  }

  /// Paths of the data files that [#clean] would delete now.
  public List<String> unneeded(Table table) throws IOException {
    return new Vacuum(lake, table, settings.keepVersions())
        .unneeded().stream().map(FileStatus::getPath).toList();
  }

  /// What a table consists of; empty when it does not exist yet.
  public Optional<TableShape> shape(Table table) throws IOException {
    Optional<Snapshot> snapshot = lake.newest(table);
    return snapshot.isEmpty()
        ? Optional.empty()
        : Optional.of(TableShape.of(lake, table, snapshot.get(), settings.targetBytes()));
  }

  private Optional<Configured> configure(Table table) throws IOException {
    Optional<Snapshot> snapshot = lake.newest(table);
    if (snapshot.isEmpty() || KeptVersions.areSaidBy(snapshot.get(), settings.keepVersions())) {
      return Optional.empty();
    }
    String path = lake.path(table.path());
    lake.transactions()
        .configure(path, snapshot.get(), KeptVersions.properties(settings.keepVersions()))
        .commit(lake.engine(), CloseableIterable.emptyIterable());
    return Optional.of(new Configured(table.name()));
  }

  private Optional<? extends MaintenanceStep> expire(Table table) throws IOException {
    Integer days = settings.retentionDays().get(table.name());
    return days == null ? Optional.empty() : new Expiry(lake, table, days).step();
  }

  private Optional<Checkpointed> checkpoint(Table table) throws IOException {
    Optional<Snapshot> snapshot = lake.newest(table);
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    try {
      snapshot.get().writeCheckpoint(lake.engine());
    } catch (CheckpointAlreadyExistsException e) {
      return Optional.empty();
    }
    return Optional.of(new Checkpointed(table.name(), snapshot.get().getVersion()));
  }

  /// Told of each step when it is done, and may wait before the next.
  public interface Pace {
    void after(MaintenanceStep step) throws InterruptedException;
  }

  /// Steps on one table, up to the first that fails.
  private final class Round {
    private final Table table;
    private final Pace pace;
    private boolean didSomething;
    private boolean failed;

    Round(Table table, Pace pace) {
      this.table = table;
      this.pace = pace;
    }

    void repeat(Step step) throws InterruptedException {
      boolean more = true;
      while (more) {
        more = take(step);
      }
    }

    /// True when there may be more to do.
    boolean take(Step step) throws InterruptedException {
      if (failed) {
        return false;
      }
      Optional<? extends MaintenanceStep> done = tried(step);
      if (done.isPresent()) {
        didSomething = true;
        changed.accept(table);
        pace.after(done.get());
      }
      return done.isPresent() && !failed;
    }

    private Optional<? extends MaintenanceStep> tried(Step step) {
      try {
        return step.take();
      } catch (IOException e) {
        failed = true;
        return Optional.of(new Failed(table.name(), String.valueOf(e.getMessage())));
      } catch (RuntimeException e) {
        LOG.debug("a step failed: {}", StorageFailure.trace(e));
        failed = true;
        return Optional.of(new Failed(table.name(), StorageFailure.describe(e)));
      }
    }
  }

  private interface Step {
    Optional<? extends MaintenanceStep> take() throws IOException;
  }
}
