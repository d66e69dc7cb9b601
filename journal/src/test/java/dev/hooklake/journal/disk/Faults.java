package dev.hooklake.journal.disk;

import java.io.IOException;
import java.nio.file.Path;

/// Decides, before each operation of a [SimulatedDisk], whether it goes well.
///
/// Throwing means that the operation fails; what a failing write or sync leaves behind is the
/// disk's business.
@FunctionalInterface
public interface Faults {

  Faults NONE = (operation, file) -> {};

  void before(Operation operation, Path file) throws IOException;

  enum Operation {
    CREATE,
    OPEN,
    READ,
    WRITE,
    SYNC,
    TRUNCATE,
    RENAME,
    DELETE,
    LIST,
    SYNC_DIRECTORY
  }
}
