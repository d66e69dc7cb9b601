package dev.hooklake.lake;

import java.net.URL;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Hides Hadoop's default settings from threads that write Parquet.
///
/// Kernel cannot give Parquet settings to write with, so Parquet makes its own for each file: 160
/// kB of XML, found through the thread's class loader, 2 to 13 ms, and none of it used. Storage
/// such as `s3a:` has its settings from when the lake was opened.
final class NoHadoopDefaults extends ClassLoader {
  private static final ClassLoader LOADER =
      new NoHadoopDefaults(NoHadoopDefaults.class.getClassLoader());

  private NoHadoopDefaults(ClassLoader parent) {
    super(parent);
  }

  static ThreadFactory threads(ThreadFactory threads) {
    return task -> {
      Thread thread = threads.newThread(task);
      thread.setContextClassLoader(LOADER);
      return thread;
    };
  }

  @Override
  public @Nullable URL getResource(String name) {
    return name.endsWith("-default.xml") || name.endsWith("-site.xml")
        ? null
        : super.getResource(name);
  }
}
