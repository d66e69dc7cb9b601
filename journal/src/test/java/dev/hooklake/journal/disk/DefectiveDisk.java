package dev.hooklake.journal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// Leaves out one of the steps that a durable log must take, as a careless change to the journal
/// would.
public final class DefectiveDisk implements Disk {

  /// What is left out.
  public enum Defect {
    SYNC_LEFT_OUT,
    SYNC_OF_KEYS_LEFT_OUT,
    SYNC_OF_DIRECTORY_LEFT_OUT,
    FAILED_SYNC_IGNORED,
    TRUNCATE_LEFT_OUT,
    SHORT_WRITE_IGNORED
  }

  private final Disk disk;
  private final Defect defect;

  public DefectiveDisk(Disk disk, Defect defect) {
    this.disk = disk;
    this.defect = defect;
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new Handle(disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new Handle(disk.open(file));
  }

  @Override
  public DiskFile openToRead(Path file) throws IOException {
    return disk.openToRead(file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (defect != Defect.SYNC_OF_DIRECTORY_LEFT_OUT) {
      disk.syncDirectory(directory);
    }
  }

  @Override
  public DiskLock lock(Path file) throws IOException {
    return disk.lock(file);
  }

  private final class Handle implements DiskFile {

    private final DiskFile file;

    Handle(DiskFile file) {
      this.file = file;
    }

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      int all = from.remaining();
      int written = file.write(from, position);
      if (defect == Defect.SHORT_WRITE_IGNORED) {
        from.position(from.limit());
        return all;
      }
      return written;
    }

    @Override
    public void truncate(long size) throws IOException {
      if (defect != Defect.TRUNCATE_LEFT_OUT) {
        file.truncate(size);
      }
    }

    @Override
    public void sync() throws IOException {
      boolean keys = path().toString().contains("keys");
      if (defect == Defect.SYNC_LEFT_OUT || (defect == Defect.SYNC_OF_KEYS_LEFT_OUT && keys)) {
        return;
      }
      try {
        file.sync();
      } catch (IOException e) {
        if (defect != Defect.FAILED_SYNC_IGNORED) {
          throw e;
        }
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
