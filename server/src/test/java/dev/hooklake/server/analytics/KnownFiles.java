package dev.hooklake.server.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files in the repository that are made from code, and must follow it.
final class KnownFiles {
  static final Path KNOWN =
      Path.of("src/test/resources/dev/hooklake/server/analytics/known").toAbsolutePath();

  private KnownFiles() {}

  /// Fails when the file is not what the code makes; with `-Dhooklake.write=true` it is made so.
  static void assertUpToDate(Path file, String contents) throws IOException {
    if (Boolean.getBoolean("hooklake.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, contents);
    }
    assertThat(file)
        .as("run this test with -Dhooklake.write=true to write it anew")
        .content(UTF_8)
        .isEqualTo(contents);
  }
}
