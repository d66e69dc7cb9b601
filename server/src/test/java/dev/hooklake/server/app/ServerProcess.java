package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hooklake.server.simulator.Provider;
import dev.hooklake.server.simulator.Sender;
import dev.hooklake.sources.signature.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `./hooklake serve` as a process of its own, on a directory and ports that stay the same over its
/// lives.
public final class ServerProcess {
  public static final String SECRET = "a key for processes that are killed";
  private static final Path SCRIPT = Path.of("..", "hooklake").toAbsolutePath().normalize();
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Path folder;
  private final int port;
  private final int adminPort;
  private final Map<String, String> more;
  private final List<String> prefix = new ArrayList<>();
  private Path data;
  private Path lake;
  private Path log;
  private Process process;

  public ServerProcess(Path folder) throws IOException {
    this(folder, Map.of());
  }

  /// @param more of its environment
  public ServerProcess(Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    this.more = Map.copyOf(more);
    data = folder.resolve("data");
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

  /// The program starts behind this command line, which may limit it.
  ServerProcess behind(String... command) {
    prefix.addAll(List.of(command));
    return this;
  }

  /// Journal and lake are elsewhere.
  ServerProcess on(Path directory) {
    data = directory;
    return this;
  }

  /// The lake is on another disk than the journal.
  ServerProcess withLakeAt(Path directory) throws IOException {
    lake = Files.createDirectories(directory);
    return this;
  }

  /// The next start has no command before it.
  ServerProcess unlimited() {
    prefix.clear();
    return this;
  }

  public Path data() {
    return data;
  }

  Path lake() {
    return lake != null ? lake : data.resolve("lake");
  }

  Path journal() {
    return data.resolve("journal");
  }

  int port() {
    return port;
  }

  Path settings() {
    return folder.resolve("hooklake.yaml");
  }

  public URI adminUrl() {
    return URI.create("http://127.0.0.1:" + adminPort + "/");
  }

  /// Customer.io, as it posts to this server.
  URI publicUrl() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  public Sender customerIo() {
    URI url = URI.create("http://127.0.0.1:" + port + "/webhook/customerio");
    return new Sender("customerio", url, url.toString(), Provider.customerIo(Secret.of(SECRET)));
  }

  /// Returns when the server says that it is ready.
  public void start() throws IOException, InterruptedException {
    process = launch("serve");
    await(() -> log().contains("Ready: public port"));
  }

  /// Waits until something has come about, while the process lives.
  void await(Condition condition) throws IOException, InterruptedException {
    Instant latest = Instant.now().plus(LONGEST_WAIT);
    while (!condition.holds()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || Instant.now().isAfter(latest)) {
        process.destroyForcibly();
        throw new IOException("what was waited for did not come:\n" + log());
      }
    }
  }

  /// Runs a command to its end on the same directory, beside a server or without one.
  Ended run(String... command) throws IOException, InterruptedException {
    return feed("", command);
  }

  /// Runs a command that reads something from its standard input.
  Ended feed(String input, String... command) throws IOException, InterruptedException {
    Path serving = log;
    Process other = launch(command);
    try (OutputStream in = other.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    }
    if (!other.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
      other.destroyForcibly();
      throw new IOException("it did not end by itself:\n" + log());
    }
    Ended ended = new Ended(other.exitValue(), log());
    log = serving;
    return ended;
  }

  /// Begins a command that need not come to its end.
  Process begin(String... command) throws IOException {
    Path serving = log;
    Process begun = launch(command);
    log = serving;
    return begun;
  }

  private Process launch(String... command) throws IOException {
    log = Files.createTempFile(folder, command[0] + "-", ".log");
    List<String> line = new ArrayList<>(Program.AS_BY_HAND);
    line.addAll(prefix);
    line.add(SCRIPT.toString());
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line);
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOOKLAKE_BUILD", "no");
    builder.environment().put("HOOKLAKE_DATA", data.toString());
    builder.environment().put("DELTA_BASE_PATH", lake().toString());
    builder.environment().put("HOOKLAKE_HOST", "127.0.0.1");
    builder.environment().put("HOOKLAKE_PORT", String.valueOf(port));
    builder.environment().put("HOOKLAKE_ADMIN_PORT", String.valueOf(adminPort));
    builder.environment().put("CUSTOMERIO_WEBHOOK_SECRET", SECRET);
    builder.environment().putAll(more);
    return builder.start();
  }

  /// What the last process has said so far.
  String log() throws IOException {
    return log == null ? "" : Files.readString(log);
  }

  /// SIGKILL: nothing of the process runs any more.
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  boolean runs() {
    return process.isAlive();
  }

  /// Waits until it has ended by itself; returns the exit code.
  int ended() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("it did not end by itself:\n" + log());
    }
    return process.exitValue();
  }

  /// SIGTERM; returns the exit code.
  public int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /// SIGINT, as Ctrl-C sends it; returns the exit code.
  int interrupt() throws IOException, InterruptedException {
    return Program.interrupt(process);
  }

  /// A process that ended by itself.
  record Ended(int exitCode, String output) {}

  /// Something to wait for.
  interface Condition {
    boolean holds() throws IOException;
  }
}
