package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/// Opens the storage that a lake's root names.
final class LakeStorage {
  /// How Kernel writes and reads Parquet, by the names it asks for. Its defaults are no
  /// compression, and 1,024 rows at a time, which do not fit into the memory when their bodies are
  /// large.
  private static final Map<String, String> PARQUET =
      Map.of("parquet.compression", "zstd", "delta.kernel.default.parquet.reader.batch-size", "16");

  private LakeStorage() {}

  static FileIO open(LakeSettings settings, WriterName writer) {
    if (!settings.isLocal()) {
      return new HadoopFileIO(hadoop(settings));
    }
    return new LocalStorage(LocalStorage.local(settings.rootPath()), writer, PARQUET);
  }

  /// For a server's start alone. Who made a root while the lake's volume is away would give an
  /// empty lake to those who look for the real one.
  ///
  /// A root that cannot be made now shows itself at every read and commit, which are repeated: a
  /// server must accept events although its lake cannot be reached.
  static void createIfPossible(LakeSettings settings) {
    if (!settings.isLocal()) {
      return;
    }
    try {
      Files.createDirectories(LocalStorage.local(settings.rootPath()));
    } catch (IOException e) {
      System.getLogger(LakeStorage.class.getName())
          .log(System.Logger.Level.WARNING, "The lake's root cannot be created: " + e);
    }
  }

  private static Configuration hadoop(LakeSettings settings) {
    var configuration = new Configuration();
    settings.hadoopProperties().forEach(configuration::set);
    PARQUET.forEach(configuration::set);
    return configuration;
  }
}
