package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.SeekableInputStream;
import io.delta.kernel.defaults.engine.hadoopio.HadoopInputFile;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/// A file of a [SimulatedStore]. A `HadoopInputFile` by name only, as [LocalInput] is.
final class StoredInput extends HadoopInputFile {
  private static final Configuration NO_SETTINGS = new Configuration(false);

  private final String path;
  private final Content content;

  StoredInput(String path, Content content) {
    super(null, new org.apache.hadoop.fs.Path(path), 0);
    this.path = path;
    this.content = content;
  }

  @Override
  public Configuration configuration() {
    return NO_SETTINGS;
  }

  @Override
  public long length() throws IOException {
    return content.bytes().length;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Bytes(content.bytes());
  }

  /// Asks the store, which may fail.
  interface Content {
    byte[] bytes() throws IOException;
  }

  private static final class Bytes extends SeekableInputStream {
    private final byte[] bytes;
    private int at;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getPos() {
      return at;
    }

    @Override
    public void seek(long position) {
      at = (int) position;
    }

    @Override
    public void readFully(byte[] into, int offset, int length) throws IOException {
      if (read(into, offset, length) < length) {
        throw new EOFException("the file ends at " + bytes.length);
      }
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = Math.min(length, bytes.length - at);
      if (count <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      return count;
    }
  }
}
