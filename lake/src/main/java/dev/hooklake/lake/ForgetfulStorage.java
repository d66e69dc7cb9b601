package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import java.io.IOException;

/// Storage that may show a name which a power cut would still take away: whoever gave it was killed
/// before it was synced.
interface ForgetfulStorage extends FileIO {
  /// Puts on disk what can be seen in a directory and in those above it, up to the root.
  void syncNames(String directory) throws IOException;
}
