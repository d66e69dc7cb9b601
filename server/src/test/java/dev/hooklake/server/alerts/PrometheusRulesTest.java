package dev.hooklake.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The rules in `deploy/` are whole, and say what the server's own rules say.
class PrometheusRulesTest {
  private static final Path FILE = Path.of("../deploy/prometheus/hooklake-alerts.yaml");

  @Test
  void everyRuleIsWhole() throws IOException {
    assertThat(rules())
        .hasSizeGreaterThan(10)
        .allSatisfy(rule -> {
          assertThat(rule.path("alert").asText()).matches("Hooklake[A-Za-z]+");
          assertThat(rule.path("expr").asText()).isNotBlank();
          assertThat(rule.at("/labels/severity").asText()).matches("warning|critical|\\{\\{.*}}");
          assertThat(rule.at("/annotations/summary").asText()).matches(".*[.?]");
        });
    assertThat(rules()).extracting(rule -> rule.path("alert").asText()).doesNotHaveDuplicates();
  }

  @Test
  void everyRuleOfTheServerHasItsCounterpart() throws IOException {
    List<String> alerts = rules().stream().map(rule -> rule.path("alert").asText()).toList();
    String passedOn =
        rules().stream()
            .map(rule -> rule.path("expr").asText())
            .filter(expr -> expr.contains("hooklake_alerts_firing"))
            .collect(Collectors.joining());

    for (RuleName rule : RuleName.values()) {
      boolean own = alerts.contains("Hooklake" + camel(rule.label()));
      assertThat(own || passedOn.contains(rule.label())).as(rule.label()).isTrue();
    }
  }

  /// Where Prometheus is installed, its own tool reads the file.
  @Test
  void prometheusTakesTheFile() throws Exception {
    Path promtool =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, "promtool"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(promtool != null, "promtool is not installed");
    Process check =
        new ProcessBuilder(promtool.toString(), "check", "rules", FILE.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
  }

  private static String camel(String label) {
    return Arrays.stream(label.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static List<JsonNode> rules() throws IOException {
    JsonNode groups = new YAMLMapper().readTree(FILE.toFile()).path("groups");
    return StreamSupport.stream(groups.spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .toList();
  }
}
