package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopInputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/// A file of this machine, read without Hadoop.
///
/// It is a `HadoopInputFile` by name only: Kernel takes Parquet's settings from such a file and
/// otherwise parses Hadoop's default settings again for each file (2 to 13 ms).
final class LocalInput extends HadoopInputFile {
  private static final Configuration NO_SETTINGS = new Configuration(false);

  private final Path file;
  private final long knownLength;

  LocalInput(Path file, long knownLength) {
    super(null, new org.apache.hadoop.fs.Path("file:" + file), knownLength);
    this.file = file;
    this.knownLength = knownLength;
  }

  @Override
  public Configuration configuration() {
    return NO_SETTINGS;
  }

  @Override
  public long length() throws IOException {
    return knownLength > 0 ? knownLength : Files.size(file);
  }

  @Override
  public String path() {
    return "file:" + file;
  }

  @Override
  public SeekableInputStream newStream() throws FileNotFoundException {
    return new RandomAccess(new RandomAccessFile(file.toFile(), "r"));
  }

  private static final class RandomAccess extends SeekableInputStream {
    private final RandomAccessFile file;

    RandomAccess(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public long getPos() throws IOException {
      return file.getFilePointer();
    }

    @Override
    public void seek(long position) throws IOException {
      file.seek(position);
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      file.readFully(bytes, offset, length);
    }

    @Override
    public int read() throws IOException {
      return file.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return file.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
