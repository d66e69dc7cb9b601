package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A storage that fails one write, before or after it happened, and may be down from then on, as it
/// is for a process that was killed there.
final class FaultyStorage implements ForgetfulStorage {
  enum Fault {
    /// The write did not happen.
    BEFORE,
    /// The write happened; who asked for it never learns.
    AFTER
  }

  private final FileIO storage;
  private final List<String> synced = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private int failing = Integer.MAX_VALUE;
  private String failingPath = "";
  private Fault fault = Fault.BEFORE;
  private boolean killing;
  private boolean countingAll;
  private boolean down;
  private boolean failingSyncs;
  private Runnable beforeLogWrite = () -> {};

  FaultyStorage(FileIO storage) {
    this.storage = storage;
  }

  /// Fails the write with that number, counted from 0.
  synchronized FaultyStorage failing(int write, Fault how) {
    failing = write;
    fault = how;
    return this;
  }

  /// Fails the first write to a path with that end.
  synchronized FaultyStorage failing(String pathEnd, Fault how) {
    failingPath = pathEnd;
    fault = how;
    return this;
  }

  /// After the failure nothing works any more.
  synchronized FaultyStorage killing() {
    killing = true;
    return this;
  }

  /// Counts checkpoints and deletions as writes too; for what is done by one thread.
  synchronized FaultyStorage countingAll() {
    countingAll = true;
    return this;
  }

  /// Runs once, before the next commit is written.
  synchronized void beforeNextCommit(Runnable action) {
    beforeLogWrite = action;
  }

  synchronized void setDown(boolean down) {
    this.down = down;
  }

  synchronized void setFailingSyncs(boolean failing) {
    failingSyncs = failing;
  }

  /// Directories whose names were synced because they were found.
  synchronized List<String> synced() {
    return List.copyOf(synced);
  }

  /// What was counted, in the order it was begun, failed ones too.
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  private synchronized boolean begin(String path) throws IOException {
    check();
    boolean fails = writes.size() == failing || isFailing(path);
    writes.add(path);
    if (fails && fault == Fault.BEFORE) {
      fail(path);
    }
    return fails;
  }

  private boolean isFailing(String path) {
    boolean fails = !failingPath.isEmpty() && path.endsWith(failingPath);
    failingPath = fails ? "" : failingPath;
    return fails;
  }

  private synchronized void end(String path, boolean fails) throws IOException {
    if (fails) {
      fail(path);
    }
  }

  private void fail(String path) throws IOException {
    down = killing;
    throw new IOException("injected: " + path);
  }

  private synchronized void check() throws IOException {
    if (down) {
      throw new IOException("injected: storage is down");
    }
  }

  private synchronized Runnable takeBeforeLogWrite() {
    Runnable action = beforeLogWrite;
    beforeLogWrite = () -> {};
    return action;
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = storage.newOutputFile(path);
    boolean counts = countingAll || path.endsWith(".json") || !path.contains("_delta_log");
    return counts ? new FaultyOutput(file) : file;
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    check();
    return storage.listFrom(filePath);
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    check();
    return storage.getFileStatus(path);
  }

  @Override
  public String resolvePath(String path) throws IOException {
    return storage.resolvePath(path);
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    check();
    return storage.mkdirs(path);
  }

  @Override
  public synchronized void syncNames(String directory) throws IOException {
    check();
    if (failingSyncs) {
      throw new IOException("injected: not synced: " + directory);
    }
    ((ForgetfulStorage) storage).syncNames(directory);
    synced.add(directory);
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return storage.newInputFile(path, fileSize);
  }

  @Override
  public boolean delete(String path) throws IOException {
    check();
    boolean fails = countingAll && begin("delete " + path);
    boolean deleted = storage.delete(path);
    end(path, fails);
    return deleted;
  }

  @Override
  public Optional<String> getConf(String key) {
    return storage.getConf(key);
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    storage.copyFileAtomically(source, target, overwrite);
  }

  private final class FaultyOutput implements OutputFile {
    private final OutputFile file;

    FaultyOutput(OutputFile file) {
      this.file = file;
    }

    @Override
    public String path() {
      return file.path();
    }

    @Override
    public PositionOutputStream create(boolean atomically) throws IOException {
      boolean fails = begin(path());
      return new FaultyStream(file.create(atomically), path(), fails);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
        throws IOException {
      takeBeforeLogWrite().run();
      boolean fails = begin(path());
      file.writeAtomically(lines, overwrite);
      end(path(), fails);
    }
  }

  private final class FaultyStream extends PositionOutputStream {
    private final PositionOutputStream stream;
    private final String path;
    private final boolean fails;

    FaultyStream(PositionOutputStream stream, String path, boolean fails) {
      this.stream = stream;
      this.path = path;
      this.fails = fails;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void write(int b) throws IOException {
      stream.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      stream.close();
      end(path, fails);
    }
  }
}
