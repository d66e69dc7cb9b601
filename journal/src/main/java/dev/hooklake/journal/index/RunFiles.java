package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// The run files of a directory.
final class RunFiles {

  private static final Pattern NAME = Pattern.compile("\\d{19}-\\d{19}\\.keys");
  private static final Comparator<KeyRun> IN_ORDER =
      Comparator.comparingLong((KeyRun run) -> run.span().firstSequence())
          .thenComparing(
              Comparator.comparingLong((KeyRun run) -> run.span().lastSequence()).reversed());

  private RunFiles() {}

  static List<Path> list(Disk disk, Path directory) throws IOException {
    return disk.list(directory).stream()
        .filter(file -> NAME.matcher(String.valueOf(file.getFileName())).matches())
        .toList();
  }

  /// All runs in the order of their records. A crash between writing a merged run and deleting its
  /// parts leaves both: the parts are deleted now. They are known by their lower level: a segment
  /// whose span a repair has stretched makes a run that spans others and holds none of their keys.
  static List<KeyRun> open(Disk disk, Path directory, UUID journal) throws IOException {
    List<KeyRun> found = new ArrayList<>();
    try {
      for (Path file : list(disk, directory)) {
        found.add(openOwn(disk, file, journal));
      }
      found.sort(IN_ORDER);
      return withoutParts(disk, found);
    } catch (IOException | RuntimeException e) {
      closeAll(found);
      throw e;
    }
  }

  private static KeyRun openOwn(Disk disk, Path file, UUID journal) throws IOException {
    KeyRun run = KeyRun.open(disk, file);
    if (!run.footer().journal().equals(journal)) {
      run.close();
      throw new IOException(file + " belongs to another journal; move it away");
    }
    return run;
  }

  private static List<KeyRun> withoutParts(Disk disk, List<KeyRun> sorted) throws IOException {
    List<KeyRun> kept = new ArrayList<>();
    for (KeyRun run : sorted) {
      if (kept.stream().anyMatch(merged -> isPart(run, merged))) {
        run.close();
        disk.delete(run.path());
      } else {
        kept.add(run);
      }
    }
    return kept;
  }

  private static boolean isPart(KeyRun run, KeyRun merged) {
    return merged.footer().level() > run.footer().level()
        && merged.span().covers(run.span().firstSequence(), run.span().lastSequence());
  }

  static void closeAll(List<KeyRun> runs) throws IOException {
    for (KeyRun run : runs) {
      run.close();
    }
  }
}
