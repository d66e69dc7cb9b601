package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Storage that gives new files our names instead of Kernel's and remembers them, so that every
/// file of a commit that came to nothing can be deleted. Used by one thread.
final class NamedOutput implements FileIO {
  private static final Logger LOG = LoggerFactory.getLogger(NamedOutput.class);

  private final FileIO storage;
  private final WriterName writer;
  private final List<String> written = new ArrayList<>();

  NamedOutput(FileIO storage, WriterName writer) {
    this.storage = storage;
    this.writer = writer;
  }

  /// Every file that was begun, whether or not it was finished.
  List<String> written() {
    return List.copyOf(written);
  }

  /// Only for the owner who knows that no version of a table refers, or ever will, to the files.
  void deleteAll() {
    for (String file : written) {
      try {
        storage.delete(file);
      } catch (IOException e) {
        LOG.warn("{} is not needed and could not be deleted: {}", file, StorageFailure.describe(e));
      }
    }
  }

  @Override
  public OutputFile newOutputFile(String path) {
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    String named = directory + writer.next() + ".parquet";
    written.add(named);
    return storage.newOutputFile(named);
  }

  @Override
  public CloseableIterator<FileStatus> listFrom(String filePath) throws IOException {
    return storage.listFrom(filePath);
  }

  @Override
  public FileStatus getFileStatus(String path) throws IOException {
    return storage.getFileStatus(path);
  }

  @Override
  public String resolvePath(String path) throws IOException {
    return storage.resolvePath(path);
  }

  @Override
  public boolean mkdirs(String path) throws IOException {
    return storage.mkdirs(path);
  }

  @Override
  public InputFile newInputFile(String path, long fileSize) {
    return storage.newInputFile(path, fileSize);
  }

  @Override
  public boolean delete(String path) throws IOException {
    return storage.delete(path);
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
}
