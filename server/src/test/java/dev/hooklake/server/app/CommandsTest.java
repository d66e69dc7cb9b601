package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandsTest {
  private static final Map<String, String> SECRET = Map.of("CUSTOMERIO_WEBHOOK_SECRET", "hidden");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutACommandTheUsageIsShown() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err.toString()).contains("serve", "config", "init", "78");
  }

  @Test
  void initWritesAFileThatConfigCheckAccepts() {
    String file = directory.resolve("hooklake.yaml").toString();

    assertThat(run(SECRET, "init", file)).isZero();
    assertThat(run(SECRET, "config", "check", "--config", file)).isZero();
    assertThat(out.toString())
        .contains("valid     yes", "errors    0", "1 secret")
        .contains("customerio  https://YOUR-HOST/webhook/customerio")
        .doesNotContain("hidden");
  }

  @Test
  void initLeavesAnExistingFileAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("mine.yaml"), "data: here\n");

    assertThat(run(SECRET, "init", file.toString())).isEqualTo(1);
    assertThat(file).hasContent("data: here\n");
  }

  @Test
  void configCheckNamesEveryErrorAndEndsWith78() throws IOException {
    Path file = Files.writeString(directory.resolve("bad.yaml"), "prot: 1\nserver: {port: x}\n");

    assertThat(run(Map.of(), "config", "check", "--config", file.toString())).isEqualTo(78);
    assertThat(out.toString()).contains("valid     no", "errors    3");
    assertThat(err.toString()).contains("1. ", "2. ", "3. ", "no secret");
  }

  @Test
  void configCheckGivesTheUrlsToPasteAndSaysWhatIsProbablyNotMeant() {
    Map<String, String> env =
        Map.of(
            "TWILIO_AUTH_TOKEN", "hidden",
            "WEBHOOK_BASE_URL", "https://hooks.example.org/");

    assertThat(run(env, "config", "check")).isZero();
    assertThat(out.toString())
        .contains("twilio  https://hooks.example.org/webhooks/twilio", "#rc=5&rp=5xx,ct,rt")
        .contains("warnings  1", "TWILIO_ACCOUNT_SID")
        .doesNotContain("hidden");
  }

  @Test
  void whatOnlyLooksNeedsNoSecretEvenWithDevelopmentModeOff() {
    run(Map.of("HOOKLAKE_DEV", "false"), "query", "SELECT 1", "--data", directory.toString());

    assertThat(err.toString()).doesNotContain("secret");
  }

  @Test
  void serveRefusesToStartWithoutASecret() {
    assertThat(run(Map.of("HOOKLAKE_DATA", directory.toString()), "serve")).isEqualTo(78);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void serveRefusesToStartWithoutItsOperationsDatabase() {
    Map<String, String> env =
        Map.of(
            "CUSTOMERIO_WEBHOOK_SECRET", "hidden",
            "HOOKLAKE_DATA", directory.toString(),
            "MESSAGE_ID_MAPPING_STRATEGY", "database",
            "DB_URL", "postgresql://someone:hidden@127.0.0.1:1/hooklake");

    assertThat(run(env, "serve")).isEqualTo(1);
    assertThat(err.toString())
        .contains("127.0.0.1:1/hooklake", "cannot be reached", "check host, port")
        .doesNotContain("hidden", "someone", "\tat ");
  }

  @Test
  void aDatabaseUrlThatIsNoneIsASettingsError() {
    assertThat(
            run(
                Map.of("CUSTOMERIO_WEBHOOK_SECRET", "s", "DB_URL", "mysql://hidden@x/y"),
                "config",
                "check"))
        .isEqualTo(78);
    assertThat(err.toString()).contains("DB_URL", "postgresql://").doesNotContain("hidden");
  }

  private int run(Map<String, String> env, String... arguments) {
    CommandLine line = Main.lineFor(arguments, env, InstantSource.system());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
