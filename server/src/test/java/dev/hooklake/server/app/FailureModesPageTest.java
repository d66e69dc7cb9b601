package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.server.pipeline.SimulationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/failure-modes.md` names a test beside each line, and `simulation.md` each
/// planted defect: all of them exist.
class FailureModesPageTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path REFERENCE = PROJECT.resolve("docs").resolve("reference");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void eachLineOfThePageNamesATestThatExists() throws IOException {
    List<String> lines =
        Files.readAllLines(REFERENCE.resolve("failure-modes.md")).stream()
            .filter(line -> line.startsWith("| **"))
            .toList();
    assertThat(lines).hasSizeGreaterThan(20);
    for (String line : lines) {
      List<String> missing = new ArrayList<>();
      Matcher named = TEST.matcher(line);
      int tests = 0;
      while (named.find()) {
        tests++;
        if (!exists(named.group(1), named.group(2))) {
          missing.add(named.group());
        }
      }
      assertThat(tests).as(line).isPositive();
      assertThat(missing).as(line).isEmpty();
    }
  }

  private static boolean exists(String testClass, String method) throws IOException {
    for (String module : List.of("sources", "journal", "lake", "server")) {
      if (exists(PROJECT.resolve(module).resolve("src/test/java"), testClass, method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean exists(Path sources, String testClass, String method) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> found = files.filter(file -> file.endsWith(testClass + ".java")).toList();
      for (Path file : found) {
        if (Files.readString(file).contains("void " + method + "(")) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void thePageOfTheSimulationNamesEachPlantedDefect() throws IOException {
    assertThat(Files.readString(REFERENCE.resolve("simulation.md")))
        .contains(SimulationPage.defects());
  }
}
