package dev.hooklake.lake;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.hadoopio.HadoopFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/// Opens the storage that a lake's root names.
final class LakeStorage {
  /// How Kernel writes Parquet, by the names it asks for; its default is no compression.
  private static final Map<String, String> PARQUET = Map.of("parquet.compression", "zstd");

  private LakeStorage() {}

  static FileIO open(LakeSettings settings, WriterName writer) {
    if (!settings.isLocal()) {
      return new HadoopFileIO(hadoop(settings));
    }
    try {
      return new LocalStorage(LocalStorage.local(settings.rootPath()), writer, PARQUET);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the lake's root " + settings.root(), e);
    }
  }

  private static Configuration hadoop(LakeSettings settings) {
    var configuration = new Configuration();
    settings.hadoopProperties().forEach(configuration::set);
    PARQUET.forEach(configuration::set);
    return configuration;
  }
}
