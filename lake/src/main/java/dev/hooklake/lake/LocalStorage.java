package dev.hooklake.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The lake's storage in a directory of this machine.
///
/// Kernel's own (Hadoop's local file system) neither syncs a file nor creates one atomically unless
/// absent. The journal forgets what the lake holds, so here a file that was written is on disk with
/// its directory entry, and two writers can never both win a version of a table: the file gets its
/// name by a hard link, which fails when the name is taken.
final class LocalStorage implements ForgetfulStorage {
  private static final String SCHEME = "file:";

  private final Path root;
  private final WriterName writer;
  private final Map<String, String> properties;

  LocalStorage(Path root, WriterName writer, Map<String, String> properties) {
    this.root = root;
    this.writer = writer;
    this.properties = properties;
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    Path first = local(filePath);
    var found = new ArrayList<FileStatus>();
    try (Stream<Path> files = Files.list(DurableFiles.parent(first))) {
      String firstName = first.getFileName().toString();
      List<Path> sorted =
          files
              .filter(file -> file.getFileName().toString().compareTo(firstName) >= 0)
              .sorted(Comparator.comparing(file -> file.getFileName().toString()))
              .toList();
      for (Path file : sorted) {
        statusIfPresent(file).ifPresent(found::add);
      }
    } catch (NoSuchFileException e) {
      throw notFound(e);
    }
    return Utils.toCloseableIterator(found.iterator());
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    Path file = local(path);
    return statusIfPresent(file).orElseThrow(() -> new FileNotFoundException(file.toString()));
  }

  @Override
  public String resolvePath(String path) {
    return SCHEME + local(path);
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    DurableFiles.createDirectories(root, local(path));
    return true;
  }

  @Override
  public void syncNames(String directory) throws IOException {
    Path synced = local(directory);
    while (synced.startsWith(root)) {
      DurableFiles.sync(synced);
      synced = DurableFiles.parent(synced);
    }
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return new LocalInput(local(path), fileSize);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    return new LocalOutput(root, local(path), writer);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return Files.deleteIfExists(local(path));
  }

  @Override
  public Optional<String> getConf(String key) {
    return Optional.ofNullable(properties.get(key));
  }

  @Override
  public void copyFileAtomically(String source, String target, boolean overwrite)
      throws IOException {
    try (Stream<String> lines = Files.lines(local(source), UTF_8)) {
      newOutputFile(target).writeAtomically(Utils.toCloseableIterator(lines.iterator()), overwrite);
    }
  }

  /// Empty for what another process deleted since it was listed.
  private static Optional<FileStatus> statusIfPresent(Path file) throws IOException {
    try {
      return Optional.of(
          FileStatus.of(
              SCHEME + file, Files.size(file), Files.getLastModifiedTime(file).toMillis()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Kernel asks for the exception of java.io.
  private static FileNotFoundException notFound(NoSuchFileException e) {
    var notFound = new FileNotFoundException(e.getFile());
    notFound.initCause(e);
    return notFound;
  }

  /// Paths come as Kernel writes them: `file:/a b/c` or `file:///a b/c`, not percent-encoded.
  static Path local(String path) {
    return path.startsWith(SCHEME)
        ? Path.of(path.substring(SCHEME.length()).replaceFirst("^/+", "/"))
        : Path.of(path);
  }
}
