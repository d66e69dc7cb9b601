package dev.hooklake.journal.disk;

import java.io.IOException;

/// A lock on a file, held until closed or until the process ends.
@FunctionalInterface
public interface DiskLock extends AutoCloseable {

  @Override
  void close() throws IOException;
}
