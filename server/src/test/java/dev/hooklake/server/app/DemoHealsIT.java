package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The real program, as a person would try it: the demo loses webhooks, `reconcile` finds them to
/// the event, `backfill` heals them, and a second run of each changes nothing.
@EnabledIfSystemProperty(named = "hooklake.long", matches = "true")
final class DemoHealsIT {
  private static final Pattern LOST = Pattern.compile("([0-9,]+) further webhooks were kept back");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Without how enrichments ended, which may still be on its way.
  private static final String PROVIDERS = "SELECT count(*) FROM webhook_landing WHERE path <> '/'";

  @TempDir private Path folder;
  private Program program;
  private Path data;

  @BeforeEach
  void choose() {
    program = new Program(folder);
    data = folder.resolve("demo");
  }

  @Test
  void whatTheDemosProviderKeepsBackIsFoundAndHealed() throws Exception {
    Path log = Files.createFile(folder.resolve("demo.log"));
    Process demo =
        program.start(
            log,
            with(
                "demo",
                "--seed",
                "7",
                "--events",
                "9000",
                "--rate",
                "0",
                "--keep-running",
                "--port",
                "0"));
    try {
      Program.await(demo, log, "Running until Ctrl-C");
      heal(lost(Files.readString(log)));
      assertThat(Program.interrupt(demo)).as("exit code after Ctrl-C").isEqualTo(130);
    } finally {
      demo.destroyForcibly().waitFor();
    }
    assertThat(Files.readString(log)).contains("in quarantine: right");
  }

  private void heal(long lost) throws Exception {
    assertThat(lost).isPositive();
    JsonNode found = reconcile(4);
    assertThat(found.at("/job/progress/missing").asLong()).isEqualTo(lost);
    assertThat(found.path("missing")).hasSize((int) Math.min(lost, 1_000));
    JsonNode again = reconcile(4);
    assertThat(again.path("missing")).isEqualTo(found.path("missing"));
    assertThat(again.at("/report/reasons")).isEqualTo(found.at("/report/reasons"));

    assertThat(json(0, "backfill", "--dry-run", "--json").at("/progress/filled").asLong())
        .isEqualTo(lost);
    JsonNode healed = json(0, "backfill", "--json");
    assertThat(healed.at("/progress/filled").asLong()).isEqualTo(lost);
    assertThat(healed.at("/progress/missing").asLong()).isZero();
    assertThat(count("SELECT count(*) FROM webhook_landing WHERE path LIKE 'backfill:%'"))
        .isEqualTo(lost);
    long landed = count(PROVIDERS);

    assertThat(json(0, "backfill", "--json").at("/progress/filled").asLong()).isZero();
    assertThat(count(PROVIDERS)).isEqualTo(landed);
    for (JsonNode day : reconcile(0).at("/report/days")) {
      assertThat(day.path("completeness").asDouble()).isEqualTo(1.0);
    }
  }

  private JsonNode reconcile(int exit) throws Exception {
    return json(exit, "reconcile", "--json", "--missing", "1000");
  }

  private long count(String sql) throws Exception {
    String csv = program.run(0, with("query", sql, "--format", "csv"));
    return Long.parseLong(csv.lines().toList().getLast());
  }

  private JsonNode json(int exit, String... arguments) throws Exception {
    return JSON.readTree(program.run(exit, with(arguments)));
  }

  private List<String> with(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return all;
  }

  private static long lost(String log) {
    Matcher matcher = LOST.matcher(log);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }
}
