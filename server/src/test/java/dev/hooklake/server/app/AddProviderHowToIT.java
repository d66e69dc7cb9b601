package dev.hooklake.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Does what `docs/how-to/add-a-provider.md` says, line by line, with the real program: its YAML is
/// the settings file, its commands run in one shell, and each prints what the page says it prints.
/// Only the ports are others.
class AddProviderHowToIT {
  private static final Path PAGE = Path.of("..", "docs", "how-to", "add-a-provider.md");
  private static final Path PROGRAM = Path.of("..", "hooklake").toAbsolutePath().normalize();
  private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final String END = "--- end of block ";

  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void everyLineOfThePageWorks() throws Exception {
    List<Block> blocks = blocks();
    Files.writeString(folder.resolve("hooklake.yaml"), blocks.getFirst().text());
    Files.createSymbolicLink(folder.resolve("hooklake"), PROGRAM);
    List<Block> commands = blocks.stream().filter(block -> block.language().equals("sh")).toList();
    String output = run(script(commands));
    for (int i = 1; i < blocks.size() - 1; i++) {
      if (blocks.get(i + 1).language().equals("text")) {
        String printed = output(output, commands.indexOf(blocks.get(i)));
        assertThat(printed.lines())
            .as(output)
            .containsSubsequence(blocks.get(i + 1).text().lines().toList());
      }
    }
    assertThat(commands).hasSize(5);
  }

  private static List<Block> blocks() throws IOException {
    var blocks = new ArrayList<Block>();
    Matcher fence = FENCE.matcher(Files.readString(PAGE));
    while (fence.find()) {
      blocks.add(new Block(fence.group(1), fence.group(2)));
    }
    return blocks;
  }

  private static String script(List<Block> commands) {
    var script = new StringBuilder("set -eu\n");
    for (int i = 0; i < commands.size(); i++) {
      script.append(commands.get(i).text()).append("echo; echo '").append(END).append(i);
      script.append("'\n");
    }
    return script.toString();
  }

  private String run(String script) throws IOException, InterruptedException {
    Path log = folder.resolve("output");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var builder =
        new ProcessBuilder("bash", "-c", script.replace("localhost:8080", "127.0.0.1:" + port));
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOOKLAKE_BUILD", "no");
    builder.environment().put("HOOKLAKE_HOST", "127.0.0.1");
    builder.environment().put("HOOKLAKE_PORT", String.valueOf(port));
    builder.environment().put("HOOKLAKE_ADMIN_PORT", "0");
    Process shell = builder.start();
    try {
      shell.waitFor();
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    return Files.readString(log, UTF_8)
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String output(String all, int block) {
    int begin = block == 0 ? 0 : all.indexOf(END + (block - 1) + "\n");
    int end = all.indexOf(END + block + "\n");
    assertThat(end).as("block %d did not end:%n%s", block, all).isGreaterThan(begin);
    return all.substring(begin, end);
  }

  private record Block(String language, String text) {}
}
