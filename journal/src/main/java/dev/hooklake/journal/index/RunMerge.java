package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Makes one run of several neighbours, a block of each in memory at a time.
final class RunMerge {

  private static final int KEYS_BETWEEN_LOOKS = 1 << 16;

  private final Disk disk;
  private final Path directory;
  private final BooleanSupplier cancelled;

  RunMerge(Disk disk, Path directory, BooleanSupplier cancelled) {
    this.disk = disk;
    this.directory = directory;
    this.cancelled = cancelled;
  }

  /// The merged run, or null when it was told to stop.
  @Nullable KeyRun merge(List<KeyRun> runs) throws IOException {
    List<RunCursor> open = new ArrayList<>();
    long keys = runs.stream().mapToLong(run -> run.footer().keys()).sum();
    try (RunFile out = new RunFile(disk, directory, keys)) {
      for (KeyRun run : runs) {
        open.add(new RunCursor(disk, run));
      }
      if (!copy(open, out)) {
        return null;
      }
      Span span = runs.stream().map(KeyRun::span).reduce(Span::and).orElseThrow();
      int level = runs.stream().mapToInt(run -> run.footer().level()).max().orElseThrow() + 1;
      return out.finish(runs.getFirst().footer().journal(), span, level);
    } finally {
      for (RunCursor cursor : open) {
        cursor.close();
      }
    }
  }

  private boolean copy(List<RunCursor> cursors, RunFile out) throws IOException {
    PriorityQueue<RunCursor> next = new PriorityQueue<>();
    for (RunCursor cursor : cursors) {
      if (cursor.next()) {
        next.add(cursor);
      }
    }
    int untilLook = KEYS_BETWEEN_LOOKS;
    for (RunCursor least = next.poll(); least != null; least = next.poll()) {
      out.add(least.high(), least.low());
      if (least.next()) {
        next.add(least);
      }
      if (--untilLook == 0) {
        if (cancelled.getAsBoolean()) {
          return false;
        }
        untilLook = KEYS_BETWEEN_LOOKS;
      }
    }
    return true;
  }
}
