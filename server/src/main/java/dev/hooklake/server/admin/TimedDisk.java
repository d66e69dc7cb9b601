package dev.hooklake.server.admin;

import dev.hooklake.journal.disk.Disk;
import dev.hooklake.journal.disk.DiskFile;
import dev.hooklake.journal.disk.DiskLock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A disk that tells how long its syncs take: every answer waits for one, so a disk that becomes
/// slow shows here first.
public final class TimedDisk implements Disk {
  private final Disk disk;
  private final Timer syncs;

  public TimedDisk(Disk disk, MeterRegistry registry) {
    this.disk = disk;
    this.syncs =
        Timer.builder("hooklake.journal.sync.duration")
            .description("Making what was written to the journal's files survive a crash")
            .serviceLevelObjectives(
                Duration.ofNanos(250_000),
                Duration.ofNanos(500_000),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4))
            .register(registry);
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return new TimedFile(disk.create(file));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new TimedFile(disk.open(file));
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
    disk.syncDirectory(directory);
  }

  @Override
  public DiskLock lock(Path file) throws IOException {
    return disk.lock(file);
  }

  private final class TimedFile implements DiskFile {
    private final DiskFile file;

    TimedFile(DiskFile file) {
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
      return file.write(from, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    /// A sync that failed took its time too.
    @Override
    public void sync() throws IOException {
      Timer.Sample sample = Timer.start();
      try {
        file.sync();
      } finally {
        sample.stop(syncs);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
