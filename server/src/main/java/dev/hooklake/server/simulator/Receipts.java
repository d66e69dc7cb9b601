package dev.hooklake.server.simulator;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The keys that got a 2xx, one a line, on disk when closed: anyone can check afterwards that all
/// of them landed.
public final class Receipts implements Closeable {
  private final FileChannel file;
  private final BufferedWriter lines;

  public Receipts(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    lines = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8), 1 << 16);
  }

  /// A repeat's key stands there already, or its first sending never got an answer.
  public synchronized void add(SimulatedEvent event) {
    if (event.repeat()) {
      return;
    }
    try {
      lines.write(event.key());
      lines.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the receipts", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try (lines) {
      lines.flush();
      file.force(true);
    }
  }
}
