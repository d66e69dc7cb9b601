package dev.hooklake.server.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small file system in memory; only root may have one.
final class Mount implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path path;

  private Mount(Path path) {
    this.path = path;
  }

  static Mount at(Path path, String size) throws IOException {
    Files.createDirectories(path);
    if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()) != 0) {
      throw new IOException("cannot mount " + path);
    }
    return new Mount(path);
  }

  /// Whether this process may mount anything.
  static boolean allowed() {
    try {
      Path path = Files.createTempDirectory("mount");
      at(path, "64k").close();
      return Files.deleteIfExists(path);
    } catch (IOException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /// Takes all the room but so much.
  void leaveFree(long bytes) throws IOException {
    Path ballast = path.resolve("ballast-" + System.nanoTime());
    try (var out = Files.newOutputStream(ballast)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      while (Files.getFileStore(path).getUsableSpace() >= bytes + CHUNK_BYTES) {
        out.write(chunk);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (run("umount", "-l", path.toString()) != 0) {
      throw new IOException("cannot unmount " + path);
    }
  }

  private static int run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return process.onExit().join().exitValue();
  }
}
