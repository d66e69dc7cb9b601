package dev.hooklake.journal.index;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Checks run files block by block, and writes a new one from the readable blocks of a damaged one.
public final class RunSalvage {

  private final Disk disk;
  private final Path directory;

  public RunSalvage(Disk disk, Path directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Changes nothing.
  public List<RunReport> verify() throws IOException {
    List<RunReport> reports = new ArrayList<>();
    for (Path path : RunFiles.list(disk, directory)) {
      reports.add(verify(path));
    }
    return reports;
  }

  /// The journal of the first run that can tell.
  public Optional<UUID> journal() throws IOException {
    for (Path path : RunFiles.list(disk, directory)) {
      RunFooter footer = footerOf(path);
      if (footer != null) {
        return Optional.of(footer.journal());
      }
    }
    return Optional.empty();
  }

  private RunReport verify(Path path) throws IOException {
    List<String> damage = new ArrayList<>();
    try (KeyRun run = KeyRun.open(disk, path)) {
      // Opening has checked footer, fences and filter.
      damage.addAll(damagedBlocks(path, run.footer().keyBlocks()));
    } catch (RunDamagedException e) {
      damage.add(e.what());
    }
    return new RunReport(path, countKeys(path), damage);
  }

  private List<String> damagedBlocks(Path path, long blocks) throws IOException {
    List<String> damage = new ArrayList<>();
    KeyBlock block = new KeyBlock();
    try (DiskFile file = disk.openToRead(path)) {
      for (long number = 0; number < blocks; number++) {
        if (!readable(block, file, number)) {
          damage.add("key block " + number + " is not readable: up to 255 keys");
        }
      }
    }
    return damage;
  }

  private long countKeys(Path path) throws IOException {
    long keys = 0;
    KeyBlock block = new KeyBlock();
    try (DiskFile file = disk.openToRead(path)) {
      for (long number = 0; number < file.size() / KeyBlock.BYTES; number++) {
        keys += readable(block, file, number) ? block.count() : 0;
      }
    }
    return keys;
  }

  private static boolean readable(KeyBlock block, DiskFile file, long number) throws IOException {
    try {
      block.read(file, number);
      return true;
    } catch (RunDamagedException e) {
      return false;
    }
  }

  /// Writes the run anew from its readable blocks. When its times cannot be read either, its keys
  /// count as new, so that none is forgotten early.
  public void repair(Path path, UUID journal, long nowMillis) throws IOException {
    RunFooter footer = footerOf(path);
    Span span = footer != null ? footer.span() : spanFromName(path, nowMillis);
    int level = footer != null ? footer.level() : 0;
    KeyBlock block = new KeyBlock();
    try (DiskFile file = disk.openToRead(path);
        RunFile out = new RunFile(disk, directory, span, countKeys(path))) {
      for (long number = 0; number < file.size() / KeyBlock.BYTES; number++) {
        if (readable(block, file, number)) {
          copy(block, out);
        }
      }
      out.finish(journal, level).close();
    }
  }

  private static void copy(KeyBlock block, RunFile out) throws IOException {
    for (int i = 0; i < block.count(); i++) {
      out.add(block.high(i), block.low(i));
    }
  }

  private @Nullable RunFooter footerOf(Path path) throws IOException {
    try (DiskFile file = disk.openToRead(path)) {
      return RunFooter.read(file);
    } catch (RunDamagedException e) {
      return null;
    }
  }

  private static Span spanFromName(Path path, long nowMillis) {
    String name = String.valueOf(path.getFileName());
    String[] ends = name.substring(0, name.length() - RunFile.SUFFIX.length()).split("-", -1);
    return new Span(Long.parseLong(ends[0]), Long.parseLong(ends[1]), nowMillis, nowMillis);
  }
}
