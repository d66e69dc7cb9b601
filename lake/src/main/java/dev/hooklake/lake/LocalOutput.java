package dev.hooklake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.nio.file.Path;

/// One file on its way to disk: when its stream is closed it is synced and has its name.
final class LocalOutput implements OutputFile {
  private final Path root;
  private final Path target;
  private final WriterName writer;

  LocalOutput(Path root, Path target, WriterName writer) {
    this.root = root;
    this.target = target;
    this.writer = writer;
  }

  @Override
  public String path() {
    return "file:" + target;
  }

  @Override
  public PositionOutputStream create(boolean atomically) throws IOException {
    DurableFiles.createDirectories(root, DurableFiles.parent(target));
    return atomically
        ? new SyncedStream(temporary(), this::nameUnlessTaken)
        : new SyncedStream(target, written -> DurableFiles.sync(DurableFiles.parent(written)));
  }

  @Override
  public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
      throws IOException {
    byte[] whole = read(lines);
    try (var stream =
        new SyncedStream(temporary(), overwrite ? this::replaceTarget : this::nameUnlessTaken)) {
      stream.write(whole);
    }
  }

  /// To the end before the first byte is written: half a commit must never become a file.
  private static byte[] read(CloseableIterator<String> lines) throws IOException {
    var text = new StringBuilder();
    try (lines) {
      while (lines.hasNext()) {
        text.append(lines.next()).append('\n');
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private void nameUnlessTaken(Path written) throws IOException {
    DurableFiles.nameUnlessTaken(written, target);
  }

  private void replaceTarget(Path written) throws IOException {
    DurableFiles.replace(written, target);
  }

  private Path temporary() {
    return target.resolveSibling("." + writer.next() + ".tmp");
  }
}
