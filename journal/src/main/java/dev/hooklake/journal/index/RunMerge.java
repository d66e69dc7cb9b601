package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Makes one run of several neighbours, a block of each in memory at a time.
final class RunMerge {

  private static final int KEYS_BETWEEN_LOOKS = 1 << 16;

  private final Disk disk;
  private final Path directory;
  private final Look look;

  RunMerge(Disk disk, Path directory, Look look) {
    this.disk = disk;
    this.directory = directory;
    this.look = look;
  }

  /// Taken from time to time, so that a long merge keeps nothing else waiting.
  @FunctionalInterface
  interface Look {

    /// Does what has become due; false to give the merge up.
    boolean goOn() throws IOException;
  }

  /// The merged run, or null when it was told to stop.
  @Nullable KeyRun merge(List<KeyRun> runs) throws IOException {
    List<RunCursor> open = new ArrayList<>();
    long keys = runs.stream().mapToLong(run -> run.footer().keys()).sum();
    Span span = runs.stream().map(KeyRun::span).reduce(Span::and).orElseThrow();
    try (RunFile out = new RunFile(disk, directory, span, keys)) {
      for (KeyRun run : runs) {
        open.add(new RunCursor(disk, run));
      }
      if (!copy(open, out)) {
        return null;
      }
      int level = runs.stream().mapToInt(run -> run.footer().level()).max().orElseThrow() + 1;
      return out.finish(runs.getFirst().footer().journal(), level);
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
        if (!look.goOn()) {
          return false;
        }
        untilLook = KEYS_BETWEEN_LOOKS;
      }
    }
    return true;
  }
}
