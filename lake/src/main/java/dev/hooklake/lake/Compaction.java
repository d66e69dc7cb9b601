package dev.hooklake.lake;

import dev.hooklake.lake.CompactionPlan.Candidate;
import dev.hooklake.lake.MaintenanceStep.Compacted;
import dev.hooklake.lake.MaintenanceStep.TooLarge;
import dev.hooklake.sources.event.Table;
import io.delta.kernel.Snapshot;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.utils.DataFileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts the rows of one group of small files into one file, in a commit that changes no row.
///
/// Its commit fails when another writer took one of the files away meanwhile (a replay, an erasure,
/// another compaction), so a row that is gone never comes back; then a new group is chosen. When
/// memory does not do, the next step chooses a smaller one.
final class Compaction {
  private final LakeAccess lake;
  private final Table table;
  private final MaintenanceSettings settings;
  private final Scratch scratch;
  private final GroupSizes sizes;
  private @Nullable MaintenanceStep done;

  Compaction(
      LakeAccess lake,
      Table table,
      MaintenanceSettings settings,
      Scratch scratch,
      GroupSizes sizes) {
    this.lake = lake;
    this.table = table;
    this.settings = settings;
    this.scratch = scratch;
    this.sizes = sizes;
  }

  /// Merges the most needed group, or learns that it is too large; empty when there is none.
  Optional<MaintenanceStep> step() throws IOException {
    new TableRewrite(lake, table).rearrange(this::stage);
    return Optional.ofNullable(done);
  }

  private void stage(FileRewrite rewrite) throws IOException {
    done = null;
    List<AddFile> group = group(rewrite.files());
    if (group.isEmpty()) {
      return;
    }
    for (AddFile file : group) {
      TableFiles.requireWhole(rewrite.snapshot(), file);
    }
    try (Scratch.Folder folder = scratch.folder()) {
      merge(rewrite, group, folder);
    } catch (MergeTooLarge e) {
      String partition = KernelActions.partition(group.getFirst());
      sizes.wasTooMuch(table.name(), partition, bytes(group));
      done = new TooLarge(table.name(), partition, group.size());
    }
  }

  private static long bytes(List<AddFile> files) {
    return files.stream().mapToLong(AddFile::getSize).sum();
  }

  private List<AddFile> group(List<AddFile> files) {
    Instant now = lake.clock().instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<String, List<AddFile>> partitions =
        files.stream()
            .collect(
                Collectors.groupingBy(KernelActions::partition, TreeMap::new, Collectors.toList()));
    for (Map.Entry<String, List<AddFile>> partition : partitions.entrySet()) {
      boolean closed = day(partition.getKey()).filter(today::isAfter).isPresent();
      List<Candidate> candidates =
          partition.getValue().stream().map(Compaction::candidate).toList();
      var plan =
          new CompactionPlan(sizes.most(table.name(), partition.getKey()), settings.openDayFiles());
      List<List<Candidate>> groups = plan.groups(candidates, closed, now);
      if (!groups.isEmpty()) {
        return chosen(partition.getValue(), groups.getFirst());
      }
    }
    return List.of();
  }

  private static Candidate candidate(AddFile file) {
    return new Candidate(
        file.getPath(), file.getSize(), Instant.ofEpochMilli(file.getModificationTime()));
  }

  private static List<AddFile> chosen(List<AddFile> files, List<Candidate> group) {
    Map<String, AddFile> byPath =
        files.stream().collect(Collectors.toMap(AddFile::getPath, Function.identity()));
    return group.stream().map(file -> byPath.get(file.path())).toList();
  }

  private void merge(FileRewrite rewrite, List<AddFile> group, Scratch.Folder folder)
      throws IOException {
    Snapshot snapshot = rewrite.snapshot();
    var inputs = new ArrayList<Path>();
    for (AddFile file : group) {
      inputs.add(folder.local(lake, KernelActions.path(snapshot, file), file.getSize()));
    }
    Path merged = folder.path().resolve("merged.parquet");
    var merge =
        new SortedMerge(table, KernelActions.fileSchema(snapshot), settings.memoryMebibytes());
    Background.run(() -> merge.write(inputs, merged, folder.path().resolve("spill")));
    DataFileStatus file = rewrite.take(group.getFirst(), merged);
    group.forEach(rewrite::remove);
    long rows = KernelActions.rows(file);
    requireSameRows(group, rows);
    done =
        new Compacted(
            table.name(),
            KernelActions.partition(group.getFirst()),
            group.size(),
            rows,
            bytes(group),
            file.getSize());
  }

  /// The last look before rows are exchanged: as many must come as go.
  private void requireSameRows(List<AddFile> group, long rows) {
    boolean counted = group.stream().allMatch(file -> file.getNumRecords().isPresent());
    long expected = group.stream().mapToLong(file -> file.getNumRecords().orElse(0L)).sum();
    if (counted && expected != rows) {
      throw new TableRefused(
          "merging files of %s gave %d rows of %d; nothing was changed"
              .formatted(table.name(), rows, expected));
    }
  }

  static Optional<LocalDate> day(String partition) {
    try {
      return Optional.of(LocalDate.parse(partition));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
