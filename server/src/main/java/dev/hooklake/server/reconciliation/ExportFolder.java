package dev.hooklake.server.reconciliation;

import dev.hooklake.lake.PersonRows;
import dev.hooklake.server.erasure.Erasable;
import dev.hooklake.server.erasure.Person;
import dev.hooklake.server.pipeline.FaultTrace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `<data>/exports`: files of deliveries while a backfill reads them, for the owner's eyes only.
///
/// | file           | whose                                                               |
/// |----------------|---------------------------------------------------------------------|
/// | `job-<id>.csv` | a backfill's, whole; deleted when it ends                           |
/// | `job-<id>.part`| what it is fetching                                                 |
/// | other `*.csv`  | put there by somebody to ask for a backfill of it; deleted after a day |
///
/// An erasure deletes all of them: a backfill that reads one then breaks off.
public final class ExportFolder implements Erasable {
  public static final long MOST_BYTES = 2L << 30;

  /// Left free for the journal, which may be on the same disk.
  private static final long RESERVE_BYTES = 1L << 30;

  private static final Pattern GIVEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}\\.csv");
  private static final Logger LOG = LoggerFactory.getLogger(ExportFolder.class);
  private static final String OF_JOB = "job-";
  private static final long UNASKED_SECONDS = 86_400;

  private final Path folder;

  private ExportFolder(Path folder) {
    this.folder = folder;
  }

  /// Of the server with this data directory.
  public static ExportFolder in(Path data) {
    return new ExportFolder(data.resolve("exports"));
  }

  /// Copies a file here, synced, for a backfill to be asked for.
  ///
  /// @return its name here
  public String add(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    long bytes = Files.size(file);
    if (bytes > MOST_BYTES) {
      throw new IOException("the file is larger than " + MOST_BYTES + " bytes; split it");
    }
    make();
    if (bytes > room()) {
      throw new IOException("there is no room for the file beside the journal, in " + folder);
    }
    String name = UUID.randomUUID() + ".csv";
    Path copy = Files.createFile(folder.resolve(name), ownersOnly("rw-------"));
    try {
      copy(file, copy, bytes);
      Files.setOwner(copy, Files.getOwner(folder));
    } catch (IOException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
    return name;
  }

  private static void copy(Path file, Path copy, long bytes) throws IOException {
    try (FileChannel from = FileChannel.open(file);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      for (long done = 0; done < bytes; ) {
        long copied = from.transferTo(done, bytes - done, to);
        if (copied <= 0) {
          throw new IOException("the file became shorter while it was copied");
        }
        done += copied;
      }
      to.force(true);
    }
  }

  /// Deletes a file that was put here and not taken.
  public void withdraw(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  /// Makes a file that was put here a job's own.
  ///
  /// @throws IllegalArgumentException when it is not here
  void take(String name, String jobId) {
    Path given = folder.resolve(GIVEN.matcher(name).matches() ? name : "none");
    if (name.startsWith(OF_JOB) || !Files.isRegularFile(given, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "there is no file of that name, ending in .csv, in the server's folder "
              + folder.getFileName()
              + " in its data directory; put it there first");
    }
    try {
      Files.move(given, of(jobId), StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (IOException e) {
      throw new IllegalArgumentException("the file cannot be moved within its folder", e);
    }
  }

  /// Deletes the file of a job that is not to be; what cannot be deleted now [#tidy] will.
  void drop(String jobId) {
    try {
      Files.deleteIfExists(of(jobId));
    } catch (IOException e) {
      LOG.warn("The file of a job that was not stored stays for now: {}", FaultTrace.of(e));
    }
  }

  Path of(String jobId) {
    return folder.resolve(OF_JOB + jobId + ".csv");
  }

  /// Where a job fetches to, empty, until [#whole] says that it has all.
  Path begin(String jobId) throws IOException {
    make();
    Path part = folder.resolve(OF_JOB + jobId + ".part");
    Files.deleteIfExists(part);
    return Files.createFile(part, ownersOnly("rw-------"));
  }

  void whole(String jobId) throws IOException {
    try {
      Files.move(
          folder.resolve(OF_JOB + jobId + ".part"), of(jobId), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "what was fetched is gone: an erasure removes such files; ask for the backfill again", e);
    }
    syncFolder();
  }

  /// How much may be written here, 0 when the disk is too full.
  long room() throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace() - RESERVE_BYTES;
    return Math.clamp(free, 0, MOST_BYTES);
  }

  /// Makes the folder, so that it is the server's and not of whoever runs the first command;
  /// deletes what belongs to no job that is open, and what nobody asked about for a day.
  void tidy(Set<String> open, Instant now) throws IOException {
    make();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      boolean unwanted =
          name.startsWith(OF_JOB)
              ? !open.contains(name.replaceAll("^" + OF_JOB + "|\\.[a-z]+$", ""))
              : Files.getLastModifiedTime(file)
                  .toInstant()
                  .isBefore(now.minusSeconds(UNASKED_SECONDS));
      if (unwanted) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public String name() {
    return "exports";
  }

  /// All of them, whoever is in them: the backfill can be asked for again.
  @Override
  public long erase(Person person, PersonRows rows) throws IOException {
    List<Path> files = files();
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    return files.size();
  }

  /// What else lies here, such as `lost+found`, is nobody's delivery.
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.createDirectory(folder, ownersOnly("rwx------"));
    }
  }

  private static FileAttribute<?>[] ownersOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private void syncFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
