package dev.hooklake.server.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds out what is installed where.
@FunctionalInterface
public interface Installations {

  /// Reads the settings as `serve` would.
  ///
  /// @param config the settings file, null for the default one or none
  /// @param data a data directory with everything in it; then no file is read
  Installation find(@Nullable Path config, @Nullable Path data) throws IOException;
}
