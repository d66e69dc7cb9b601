package dev.hooklake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.lake.StoreFaults.Fate;
import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.defaults.engine.fileio.PositionOutputStream;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// An object store in memory that behaves as badly as object stores may.
///
/// A file is there whole or not at all, and two writers of one version of a table never both win.
/// Any request may fail, and of a file that was put it may be unknown whether it is there, or only
/// comes later. Used by one thread.
public final class SimulatedStore implements FileIO {
  /// Plain Parquet: packing hundreds of tiny files for each seed took longer than all the rest.
  private static final Map<String, String> PROPERTIES =
      Map.of("parquet.compression", "uncompressed", "parquet.enable.dictionary", "false");

  private final InstantSource clock;
  private final SortedMap<String, Stored> files = new TreeMap<>();
  private final List<Put> late = new ArrayList<>();
  private StoreFaults faults = StoreFaults.NONE;
  private Consumer<String> beforeCommit = path -> {};

  public SimulatedStore(InstantSource clock) {
    this.clock = clock;
  }

  /// Returns those before.
  public StoreFaults faults(StoreFaults newFaults) {
    StoreFaults before = faults;
    faults = newFaults;
    return before;
  }

  /// Called with the path of each commit that somebody is about to put.
  public void beforeCommit(Consumer<String> action) {
    beforeCommit = action;
  }

  /// What was on its way arrives, unless its place is taken by then.
  public void lateArrives() {
    for (Put put : List.copyOf(late)) {
      if (!put.onlyIfAbsent || !files.containsKey(put.path)) {
        store(put);
      }
    }
    late.clear();
  }

  /// Paths of all files below a directory.
  public List<String> paths(String directory) {
    return List.copyOf(files.tailMap(directory + "/").headMap(directory + "0").keySet());
  }

  public List<String> lines(String path) {
    return new String(bytes(path), UTF_8).lines().toList();
  }

  byte[] bytes(String path) {
    Stored stored = files.get(path);
    if (stored == null) {
      throw new IllegalStateException(path + " is gone");
    }
    return stored.bytes;
  }

  /// Puts a text file beside whoever else writes, whatever faults there are; false when its place
  /// is taken.
  public boolean putIfAbsent(String path, String text) {
    boolean absent = !files.containsKey(path);
    if (absent) {
      store(new Put(path, text.getBytes(UTF_8), true));
    }
    return absent;
  }

  private void put(Put put) throws IOException {
    Fate fate = faults.put(put.path);
    if (fate == Fate.REFUSED) {
      throw new IOException("injected: not put: " + put.path);
    }
    if (fate == Fate.LATE) {
      late.add(put);
      throw new IOException("injected: on its way: " + put.path);
    }
    if (put.onlyIfAbsent && files.containsKey(put.path)) {
      throw new FileAlreadyExistsException(put.path);
    }
    store(put);
    if (fate == Fate.ANSWER_LOST) {
      throw new IOException("injected: answer lost: " + put.path);
    }
  }

  private void store(Put put) {
    files.put(put.path, new Stored(put.bytes, clock.millis()));
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    String first = normal(filePath);
    faults.read(first);
    String directory = first.substring(0, first.lastIndexOf('/') + 1);
    SortedMap<String, FileStatus> entries = new TreeMap<>();
    files
        .tailMap(directory)
        .headMap(directory.substring(0, directory.length() - 1) + '0')
        .forEach((path, stored) -> {
          int end = path.indexOf('/', directory.length());
          String entry = end < 0 ? path : path.substring(0, end);
          entries.putIfAbsent(entry, FileStatus.of(entry, stored.bytes.length, stored.putAt));
        });
    if (entries.isEmpty()) {
      throw new FileNotFoundException(directory);
    }
    return Utils.toCloseableIterator(List.copyOf(entries.tailMap(first).values()).iterator());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Stored stored = existing(path);
    return FileStatus.of(normal(path), stored.bytes.length, stored.putAt);
  }

  private Stored existing(String path) throws IOException {
    faults.read(path);
    Stored stored = files.get(normal(path));
    if (stored == null) {
      throw new FileNotFoundException(path);
    }
    return stored;
  }

  @Override
  public String resolvePath(String path) {
    return normal(path);
  }

  @Override
  public boolean mkdirs(String path) {
    return true;
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return new StoredInput(normal(path), () -> existing(path).bytes);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new Output(normal(path));
  }

  @Override
  public boolean delete(String path) throws IOException {
    faults.delete(path);
    return files.remove(normal(path)) != null;
  }

  @Override
  public Optional<String> getConf(String key) {
    return Optional.ofNullable(PROPERTIES.get(key));
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    put(new Put(normal(target), existing(source).bytes, !overwrite));
  }

  private static String normal(String path) {
    return path.replaceFirst("^file:/+", "file:/");
  }

  private static final class Stored {
    private final byte[] bytes;
    private final long putAt;

    Stored(byte[] bytes, long putAt) {
      this.bytes = bytes;
      this.putAt = putAt;
    }
  }

  private static final class Put {
    private final String path;
    private final byte[] bytes;
    private final boolean onlyIfAbsent;

    Put(String path, byte[] bytes, boolean onlyIfAbsent) {
      this.path = path;
      this.bytes = bytes;
      this.onlyIfAbsent = onlyIfAbsent;
    }
  }

  private final class Output implements OutputFile {
    private final String path;

    Output(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public PositionOutputStream create(boolean atomically) {
      return new Upload(path, atomically);
    }

    @Override
    public void writeAtomically(CloseableIterator<String> lines, boolean overwrite)
        throws IOException {
      var text = new StringBuilder();
      try (lines) {
        lines.forEachRemaining(line -> text.append(line).append('\n'));
      }
      beforeCommit.accept(path);
      put(new Put(path, text.toString().getBytes(UTF_8), !overwrite));
    }
  }

  /// A file is put when its stream is closed.
  private final class Upload extends PositionOutputStream {
    private final String path;
    private final boolean onlyIfAbsent;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean closed;

    Upload(String path, boolean onlyIfAbsent) {
      this.path = path;
      this.onlyIfAbsent = onlyIfAbsent;
    }

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes.write(from, offset, length);
    }

    @Override
    public long getPos() {
      return bytes.size();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        put(new Put(path, bytes.toByteArray(), onlyIfAbsent));
      }
    }
  }
}
