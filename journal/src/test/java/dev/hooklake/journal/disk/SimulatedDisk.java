package dev.hooklake.journal.disk;

import dev.hooklake.journal.disk.Faults.Operation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk in memory that behaves as badly as disks may.
///
/// Without faults it is a plain disk. [#crash] ends every use of it and leaves what was synced,
/// with any part of what was not: sectors out of order or torn, names not yet or no longer there.
/// Operations can be made to fail ([Faults]); a failing write leaves a part behind, a failing sync
/// forgets what it did not write.
public final class SimulatedDisk implements Disk {

  private final RandomGenerator chance;
  private Map<Path, SimulatedFile> names = new TreeMap<>();
  private Map<Path, SimulatedFile> durableNames = new TreeMap<>();
  private final List<NameChange> unsyncedNames = new ArrayList<>();
  private final Set<Path> locks = new HashSet<>();
  private int generation;
  private Faults faults = Faults.NONE;
  private long capacity = Long.MAX_VALUE;
  private boolean shortWrites;

  public SimulatedDisk(RandomGenerator chance) {
    this.chance = chance;
  }

  public synchronized void faults(Faults newFaults) {
    faults = newFaults;
  }

  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /// Lets each write take only a part of what it is given.
  public synchronized void shortWrites(boolean on) {
    shortWrites = on;
  }

  /// The machine stops. Files open now are of no more use; the disk may be used again at once.
  public synchronized void crash() {
    for (NameChange change : unsyncedNames) {
      if (chance.nextBoolean()) {
        change.applyTo(durableNames);
      }
    }
    unsyncedNames.clear();
    names = new TreeMap<>(durableNames);
    // In the order of their names: a set's order would differ between two runs of one seed.
    names.values().stream().distinct().forEach(file -> file.crash(chance));
    endProcess();
  }

  /// The process ends, but not the machine: what was written stays as it was seen.
  public synchronized void endProcess() {
    generation++;
    locks.clear();
    faults = Faults.NONE;
    capacity = Long.MAX_VALUE;
  }

  public synchronized void flip(Path file, int position, int bit) {
    Objects.requireNonNull(names.get(file)).flip(position, bit);
  }

  public synchronized byte[] bytes(Path file) {
    return Objects.requireNonNull(names.get(file)).bytes();
  }

  /// Puts a file there, synced, as if it had always been.
  public synchronized void put(Path file, byte[] bytes) {
    SimulatedFile content = new SimulatedFile();
    content.write(0, bytes, bytes.length);
    content.sync();
    names.put(file, content);
    durableNames.put(file, content);
  }

  public synchronized List<Path> files() {
    return List.copyOf(names.keySet());
  }

  /// Bytes of all files.
  public synchronized long used() {
    return names.values().stream().mapToLong(SimulatedFile::length).sum();
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    faults.before(Operation.CREATE, file);
    SimulatedFile content = new SimulatedFile();
    change(new NameChange(null, file, content));
    return new Handle(file, content);
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return openToRead(file);
  }

  @Override
  public synchronized DiskFile openToRead(Path file) throws IOException {
    faults.before(Operation.OPEN, file);
    return new Handle(file, existing(file));
  }

  private SimulatedFile existing(Path file) throws NoSuchFileException {
    SimulatedFile content = names.get(file);
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }

  @Override
  public synchronized List<Path> list(Path directory) throws IOException {
    faults.before(Operation.LIST, directory);
    return names.keySet().stream().filter(file -> directory.equals(file.getParent())).toList();
  }

  @Override
  public void createDirectories(Path directory) {
    // Directories are there as soon as a file is in them.
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    faults.before(Operation.RENAME, from);
    change(new NameChange(from, to, existing(from)));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    faults.before(Operation.DELETE, file);
    if (names.containsKey(file)) {
      change(new NameChange(file, null, null));
    }
  }

  private void change(NameChange change) {
    change.applyTo(names);
    unsyncedNames.add(change);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    faults.before(Operation.SYNC_DIRECTORY, directory);
    durableNames = new TreeMap<>(names);
    unsyncedNames.clear();
  }

  @Override
  public synchronized DiskLock lock(Path file) throws IOException {
    if (!locks.add(file)) {
      throw new IOException(file + " is locked");
    }
    int lockedIn = generation;
    return () -> unlock(file, lockedIn);
  }

  private synchronized void unlock(Path file, int lockedIn) {
    if (lockedIn == generation) {
      locks.remove(file);
    }
  }

  /// A name that came, went, or both.
  private record NameChange(Path gone, Path come, SimulatedFile content) {

    void applyTo(Map<Path, SimulatedFile> names) {
      if (gone != null) {
        names.remove(gone);
      }
      if (come != null) {
        names.put(come, content);
      }
    }
  }

  private final class Handle implements DiskFile {

    private final Path path;
    private final SimulatedFile content;
    private final int openedIn = generation;
    private boolean closed;

    Handle(Path path, SimulatedFile content) {
      this.path = path;
      this.content = content;
    }

    private void before(Operation operation) throws IOException {
      checkOpen();
      faults.before(operation, path);
    }

    private void checkOpen() throws IOException {
      if (closed || openedIn != generation) {
        throw new FileNotFoundException(path + " is no longer open");
      }
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public long size() throws IOException {
      synchronized (SimulatedDisk.this) {
        before(Operation.READ);
        return content.length();
      }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        before(Operation.READ);
        if (position >= content.length()) {
          return -1;
        }
        byte[] bytes = new byte[into.remaining()];
        int count = content.read((int) position, bytes, bytes.length);
        into.put(bytes, 0, count);
        return count;
      }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      synchronized (SimulatedDisk.this) {
        byte[] bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
        int count = bytes.length;
        checkOpen();
        try {
          faults.before(Operation.WRITE, path);
          checkRoom(position + count);
        } catch (IOException e) {
          content.write((int) position, bytes, chance.nextInt(count + 1));
          throw e;
        }
        count = shortWrites && count > 1 ? chance.nextInt(1, count) : count;
        content.write((int) position, bytes, count);
        from.position(from.position() + count);
        return count;
      }
    }

    private void checkRoom(long end) throws DiskFullException {
      if (used() + Math.max(0, end - content.length()) > capacity) {
        throw new DiskFullException("no room for " + path, new IOException("simulated"));
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (SimulatedDisk.this) {
        before(Operation.TRUNCATE);
        content.truncate((int) size);
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimulatedDisk.this) {
        checkOpen();
        try {
          faults.before(Operation.SYNC, path);
        } catch (IOException e) {
          content.failSync(chance);
          throw e;
        }
        content.sync();
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
