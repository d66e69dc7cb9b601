package dev.hooklake.lake;

import dev.hooklake.lake.Batch.SequencedRow;
import dev.hooklake.lake.Replacement.Replaced;
import dev.hooklake.sources.event.Row;
import dev.hooklake.sources.event.Table;
import dev.hooklake.sources.event.Tables;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.internal.actions.AddFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Puts batches of one journal into Delta tables, each row exactly once.
///
/// Typed tables commit first, side by side, and the landing table last: its transaction id says up
/// to where everything is in the lake. A batch that is committed again, whole or cut differently,
/// changes nothing where it already is. A lake that is out of sight, or has an empty directory in
/// its place, takes no commit until it is back. Called by one thread.
public final class Lake implements AutoCloseable {
  private static final String LANDING = Tables.LANDING.name();

  private final LakeAccess access;
  private final LakeReader reader;
  private final String appIdPrefix;
  private final LakeTable landing;
  private final Map<String, LakeTable> channelTables = new ConcurrentHashMap<>();

  private final ExecutorService sideBySide;

  private Lake(LakeAccess access, UUID journalId, ExecutorService sideBySide) {
    this.access = access;
    this.sideBySide = sideBySide;
    reader = new LakeReader(access.engine(), access.rootPath());
    appIdPrefix = "hooklake-" + journalId + "-";
    String path = Tables.LANDING.path();
    landing = new LakeTable(access, path, appIdPrefix + LANDING, new Landmark(path));
  }

  /// For the server, which begins a lake where there is none: the root is made.
  ///
  /// Tables are read when they are first needed: a lake that cannot be reached now may be later.
  public static Lake open(LakeSettings settings, UUID journalId, InstantSource clock) {
    LakeStorage.createIfPossible(settings);
    return openExisting(settings, journalId, clock);
  }

  /// For all others. A root that is not there may be a volume that is away, and is not made.
  public static Lake openExisting(LakeSettings settings, UUID journalId, InstantSource clock) {
    var writer = new WriterName(journalId, UUID.randomUUID());
    FileIO storage = LakeStorage.open(settings, writer);
    return open(settings, journalId, clock, new Means(writer, storage, LakeThreads.start()));
  }

  /// With means of the caller's choice.
  static Lake open(LakeSettings settings, UUID journalId, InstantSource clock, Means means) {
    var access =
        new LakeAccess(
            new LakeEngine(means.storage),
            means.writer,
            clock,
            new AfterCommit(means.threads.afterCommits()),
            settings.rootPath(),
            settings.isLocal());
    return new Lake(access, journalId, means.threads.tables());
  }

  /// The sequence up to which everything is in the lake; 0 when nothing is. Fails when the lake is
  /// out of sight.
  public long landedThrough() throws IOException {
    landing.requireInSight();
    return landing.transaction();
  }

  /// The highest sequence that any other table has; above `landedThrough` when a batch was cut
  /// short.
  public long derivedThrough() throws IOException {
    long through = 0;
    for (Table table : Tables.all()) {
      if (!table.name().equals(LANDING)) {
        through = Math.max(through, table(table.name(), table.path()).transaction());
      }
    }
    return through;
  }

  public CommitOutcome commit(Batch batch) throws InterruptedException {
    CommitOutcome outcome = commitInSight(batch);
    if (!(outcome instanceof CommitOutcome.Committed)) {
      // What a channel table took may have gone to a place that is not the lake.
      landing.forget();
      channelTables.values().forEach(LakeTable::forget);
    }
    return outcome;
  }

  private CommitOutcome commitInSight(Batch batch) throws InterruptedException {
    try {
      landing.requireInSight();
    } catch (IOException e) {
      return new CommitOutcome.Failed(LANDING + ": " + e.getMessage());
    }
    Map<String, List<SequencedRow>> byTable = byTable(batch.rows());
    List<SequencedRow> landed = byTable.getOrDefault(LANDING, List.of());
    byTable.remove(LANDING);
    List<TableCommit> typed =
        byTable.values().stream().map(rows -> typed(rows, batch.lastSequence())).toList();
    Optional<CommitOutcome> stopped = run(typed);
    if (stopped.isEmpty()) {
      var append = new Append(landed, batch.lastSequence(), Tables.LANDING);
      stopped = run(List.of(() -> stopping(LANDING, landing.append(append))));
    }
    return stopped.orElseGet(() -> new CommitOutcome.Committed(batch.lastSequence()));
  }

  /// The table's newest version; empty when the table does not exist yet.
  public Optional<TableSnapshot> snapshot(Table table) throws IOException {
    return reader.snapshot(table);
  }

  /// Puts rows in place of those the table has of the same events; may run beside `commit`.
  ///
  /// @throws IOException when storage failed or the table refuses our rows; then nothing changed,
  ///   or the whole replacement is in the table, and the same call may be made again
  public Replaced replace(Table table, Replacement replacement) throws IOException {
    try {
      return new Replace(access, table, replacement).run();
    } finally {
      forget(table);
    }
  }

  /// Puts rows in place of all that a table has in one partition, in one commit; for small tables
  /// that are not made from events.
  ///
  /// @throws IOException as in `replace`
  public void replacePartition(Table table, String partition, List<Row> rows) throws IOException {
    new TableRewrite(access, table)
        .bring(rewrite -> {
          for (AddFile file : rewrite.files()) {
            if (KernelActions.partition(file).equals(partition)) {
              rewrite.remove(file);
            }
          }
          if (!rows.isEmpty()) {
            rewrite.add(rows);
          }
        });
  }

  /// Takes a person out of the tables, beside `commit` and `replace`.
  ///
  /// @param names whether a row names the person
  public LakeErasure erasure(Predicate<RowText> names) {
    return new LakeErasure(access, this::forget, names);
  }

  /// Keeps the tables in shape, beside `commit` and `replace`.
  public Maintenance maintenance(MaintenanceSettings settings) {
    return new Maintenance(access, this::forget, settings);
  }

  /// Finishes checkpoints under way.
  @Override
  public void close() {
    sideBySide.close();
    access.afterCommit().close();
  }

  private static Map<String, List<SequencedRow>> byTable(List<SequencedRow> rows) {
    var byTable = new LinkedHashMap<String, List<SequencedRow>>();
    for (SequencedRow row : rows) {
      byTable.computeIfAbsent(row.row().table().name(), _ -> new ArrayList<>()).add(row);
    }
    return byTable;
  }

  private TableCommit typed(List<SequencedRow> rows, long lastSequence) {
    Table table = rows.getFirst().row().table();
    LakeTable inLake = table(table.name(), table.path());
    var append = new Append(rows, lastSequence, null);
    return () -> stopping(table.name(), inLake.append(append));
  }

  /// Commits side by side; empty when all tables committed.
  private Optional<CommitOutcome> run(List<TableCommit> commits) throws InterruptedException {
    var stopped = new ArrayList<CommitOutcome>();
    for (Future<Optional<CommitOutcome>> commit : sideBySide.invokeAll(commits)) {
      result(commit).ifPresent(stopped::add);
    }
    // A rejection needs a person, whatever else may mend itself.
    return stopped.stream()
        .filter(outcome -> outcome instanceof CommitOutcome.Rejected)
        .findFirst()
        .or(() -> stopped.stream().findFirst());
  }

  /// What keeps the batch from being whole; empty when the table has its part of it.
  private static Optional<CommitOutcome> stopping(String table, TableOutcome outcome) {
    return switch (outcome) {
      case TableOutcome.Committed _ -> Optional.empty();
      case TableOutcome.Rejected(String reason) ->
          Optional.of(new CommitOutcome.Rejected(table + ": " + reason));
      case TableOutcome.Conflict(String reason) ->
          Optional.of(new CommitOutcome.Failed(table + ": " + reason));
      case TableOutcome.Unknown(String reason) ->
          Optional.of(new CommitOutcome.Failed(table + ": " + reason));
    };
  }

  private static Optional<CommitOutcome> result(Future<Optional<CommitOutcome>> commit)
      throws InterruptedException {
    try {
      return commit.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a commit ended in an error", e.getCause());
    }
  }

  private void forget(Table table) {
    table(table.name(), table.path()).forget();
  }

  private LakeTable table(String name, String path) {
    return name.equals(LANDING)
        ? landing
        : channelTables.computeIfAbsent(
            name, _ -> new LakeTable(access, path, appIdPrefix + name, this::requireLakeInSight));
  }

  /// A table that is missing is a new one only while landing is there.
  private void requireLakeInSight(TableState found) {
    if (found.version() == TableState.NO_VERSION) {
      try {
        landing.requireInSight();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// One table's part of a batch: what stopped it, or empty.
  private interface TableCommit extends Callable<Optional<CommitOutcome>> {}

  /// What a lake works with besides its settings: the names of its files, where they go, and who
  /// writes them.
  record Means(WriterName writer, FileIO storage, LakeThreads threads) {}
}
