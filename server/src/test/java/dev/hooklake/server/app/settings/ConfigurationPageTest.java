package dev.hooklake.server.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds the tables of `docs/reference/configuration.md` against the sections in the code; what
/// stands above and below them is prose.
final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");
  private static final Path RENDERED = Path.of("target", "configuration.md");
  private static final String BELOW = "## Limits";
  private static final String HEAD =
      "| key | environment | default | form | meaning |\n| --- | --- | --- | --- | --- |\n";

  @Test
  void thePageListsEveryKeyOfEverySectionWithItsDefault() throws IOException {
    String page = Files.readString(PAGE);
    String above = page.substring(0, page.indexOf("## " + Sections.ALL.getFirst().title()));
    String rendered = above + tables() + page.substring(page.indexOf(BELOW));
    Files.writeString(RENDERED, rendered);

    assertThat(page)
        .as("after a change: cp server/target/configuration.md docs/reference/configuration.md")
        .isEqualTo(rendered);
  }

  private static String tables() {
    var tables = new StringBuilder();
    Sections.ALL.stream()
        .flatMap(section -> section.tables().stream())
        .forEach(table -> {
          tables.append("## ").append(table.title()).append("\n\n").append(HEAD);
          table.keys().forEach(key -> tables.append(row(key)).append("\n"));
          tables.append("\n");
        });
    return tables.toString();
  }

  private static String row(Key<?> key) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            key.name(),
            key.env() == null ? "" : "`" + key.env() + "`",
            key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`",
            key.type().form(),
            key.meaning());
  }
}
