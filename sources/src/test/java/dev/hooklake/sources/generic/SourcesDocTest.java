package dev.hooklake.sources.generic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/sources.md` against the code.
class SourcesDocTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "sources.md");

  @Test
  void everyPresetIsDescribed() throws IOException {
    String page = Files.readString(REFERENCE);
    String table = page.substring(page.indexOf("### Ready-made"));
    assertThat(Presets.names()).allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
  }
}
