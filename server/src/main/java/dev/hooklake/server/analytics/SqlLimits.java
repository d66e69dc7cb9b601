package dev.hooklake.server.analytics;

/// How much of the machine one query may take. Beyond the memory it fails with a message; it never
/// spills to disk.
public record SqlLimits(int threads, int memoryMebibytes) {
  public SqlLimits {
    if (threads < 1 || memoryMebibytes < 16) {
      throw new IllegalArgumentException("a query needs at least 1 thread and 16 MiB");
    }
  }
}
