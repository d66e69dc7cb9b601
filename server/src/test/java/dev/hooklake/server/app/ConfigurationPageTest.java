package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/configuration.md` against the keys in the code.
final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

  @Test
  void thePageListsEveryKeyWithItsDefault() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .takeWhile(line -> !line.startsWith("## Limits"))
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(rows).containsExactlyElementsOf(expected());
  }

  private static List<String> expected() {
    List<String> rows = Keys.ALL.stream().map(key -> row("", key)).collect(Collectors.toList());
    rows.add(
        "| `lake.hadoop.*` | | | any property of the lake's file system: end points, credentials |"
            + " Handed to Hadoop as it is. |");
    SourceKeys.ALL.forEach(key -> rows.add(row("sources.<name>.", key)));
    return rows;
  }

  private static String row(String prefix, Key<?> key) {
    return "| `%s%s` | %s | %s | %s | %s |"
        .formatted(
            prefix,
            key.name(),
            key.env() == null ? "" : "`" + key.env() + "`",
            key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
            key.type().form(),
            key.meaning());
  }
}
