package dev.hooklake.server.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `./hooklake serve` as a process of its own, on a directory and ports that stay the same over its
/// lives.
public final class ServerProcess {
  public static final String SECRET = "a key for processes that are killed";
  private static final Path SCRIPT = Path.of("..", "hooklake").toAbsolutePath().normalize();
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final int adminPort;
  private final Map<String, String> more;
  private Process process;

  public ServerProcess(Path folder) throws IOException {
    this(folder, Map.of());
  }

  /// @param more of its environment
  public ServerProcess(Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    this.more = Map.copyOf(more);
    try (var first = free();
        var second = free()) {
      port = first.getLocalPort();
      adminPort = second.getLocalPort();
    }
    // Commits as often as it can, so that many kills hit one.
    Files.writeString(
        folder.resolve("hooklake.yaml"),
        """
        lake:
          commit-wait: 500ms
          commit-quiet-wait: 500ms
          closing-time: 60s
        """);
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  public Path data() {
    return folder.resolve("data");
  }

  Path lake() {
    return data().resolve("lake");
  }

  public URI adminUrl() {
    return URI.create("http://127.0.0.1:" + adminPort + "/");
  }

  public URI webhookUrl() {
    return URI.create("http://127.0.0.1:" + port + "/webhook/customerio");
  }

  /// Returns when the server says that it is ready.
  public void start() throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "serve-", ".log");
    var builder = new ProcessBuilder(SCRIPT.toString(), "serve");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOOKLAKE_BUILD", "no");
    builder.environment().put("HOOKLAKE_DATA", data().toString());
    builder.environment().put("HOOKLAKE_HOST", "127.0.0.1");
    builder.environment().put("HOOKLAKE_PORT", String.valueOf(port));
    builder.environment().put("HOOKLAKE_ADMIN_PORT", String.valueOf(adminPort));
    builder.environment().put("CUSTOMERIO_WEBHOOK_SECRET", SECRET);
    builder.environment().putAll(more);
    process = builder.start();
    Instant latest = Instant.now().plus(LONGEST_START);
    while (!Files.readString(log).contains("Ready: public port")) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || Instant.now().isAfter(latest)) {
        process.destroyForcibly();
        throw new IOException("the server did not start:\n" + Files.readString(log));
      }
    }
  }

  /// SIGKILL: nothing of the process runs any more.
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM; returns the exit code.
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }
}
