package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hooklake.testkit.customerio.CustomerIoFake;
import dev.hooklake.testkit.customerio.GeneratedMessages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The commands as typed, against Customer.io's API on the loopback.
final class CustomerIoCommandsTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-09-11T12:00:00Z"));
  private static final String KEY = "an-app-api-key";
  private static final String ENDPOINT = "https://u:p@hooks.example.org/webhook/customerio?k=1";

  private final CustomerIoFake fake =
      new CustomerIoFake(
          new GeneratedMessages(
              3,
              500,
              Instant.parse("2026-09-01T00:00:00Z").getEpochSecond(),
              Duration.ofDays(10).toSeconds()),
          KEY,
          NOW);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path config;

  @BeforeEach
  void configure() throws IOException {
    config =
        Files.writeString(
            folder.resolve("hooklake.yaml"),
            """
            data: %s
            development: ${DEVELOPMENT:false}
            sources:
              customerio:
                secrets: ${SECRET:}
            providers:
              customerio:
                api-url: %s
                api-key: ${KEY}
            """
                .formatted(folder.resolve("data"), fake.url()));
  }

  @AfterEach
  void close() {
    fake.close();
  }

  @Test
  void aWebhookIsCreatedOnceAndDisabledAndSaysWhatComesNext() {
    assertThat(webhooks("create", "--endpoint", ENDPOINT)).isZero();
    assertThat(out.toString())
        .contains("webhook 1001 is created, disabled", "copy its signing key")
        .contains("./hooklake customerio webhooks enable 1001");
    assertThat(webhooks("create", "--endpoint", ENDPOINT)).isZero();
    assertThat(out.toString()).contains("webhook 1001 was there already, disabled");
    assertThat(webhooks("get", "1001")).isZero();
    assertThat(out.toString())
        .contains("72 of 72 known", "every one", "https://***@hooks.example.org/")
        .doesNotContain("u:p", "k=1");
  }

  @Test
  void itIsEnabledChangedAndDeleted() {
    webhooks("create", "--endpoint", ENDPOINT, "--events", "email_sent,email_opened");
    assertThat(webhooks("enable", "1001")).isZero();
    assertThat(out.toString()).contains("webhook 1001 is enabled");
    assertThat(webhooks("update", "1001", "--full-resolution", "false")).isZero();
    assertThat(out.toString()).contains("the first of a delivery", "2 of 72 known", "enabled");
    assertThat(webhooks("check")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("a machine's may hide a person's");
    assertThat(webhooks("delete", "1001")).isEqualTo(1);
    assertThat(err.toString()).contains("add --yes");
    assertThat(webhooks("delete", "1001", "--yes")).isZero();
    assertThat(webhooks("get", "1001")).isEqualTo(1);
    assertThat(webhooks("check")).isEqualTo(1);
    assertThat(out.toString()).contains("No enabled webhook leads here");
  }

  @Test
  void withoutASigningKeyItIsNotEnabled() {
    webhooks("create", "--endpoint", ENDPOINT);
    CommandLine unsigned = line(Map.of("KEY", KEY, "DEVELOPMENT", "true"));
    int exit =
        unsigned.execute("customerio", "webhooks", "enable", "1001", "--config", config.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString())
        .contains("signing key is not known here; set CUSTOMERIO_WEBHOOK_SECRET");
    webhooks("get", "1001");
    assertThat(out.toString()).contains("disabled").doesNotContain("enabled");
  }

  @Test
  void anEndpointThatDoesNotLeadHereIsRefused() {
    assertThat(webhooks("create", "--endpoint", "https://hooks.example.org/elsewhere"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("path is not /webhook/customerio");
    assertThat(webhooks("create", "--endpoint", "hooks.example.org")).isEqualTo(2);
  }

  @Test
  void metricsComeAsTableCsvAndJson() {
    assertThat(run("metrics", "campaign", "1", "--from", "2026-09-02", "--format", "csv")).isZero();
    assertThat(out.toString().lines().toList()).hasSize(11);
    assertThat(out.toString()).startsWith("days,bounced,clicked");
    out.getBuffer().setLength(0);
    assertThat(run("metrics", "newsletter", "40", "--from", "2026-01-01")).isZero();
    assertThat(err.toString()).contains("America/New_York", "does not reach back to 2026-01-01");
    assertThat(run("metrics", "campaign", "1", "--format", "json")).isZero();
    assertThat(run("metrics", "campaign", "1", "--zone", "Nowhere/Land")).isEqualTo(2);
  }

  @Test
  void withoutAKeyItSaysWhichSettingToGive() {
    int exit = line().execute("customerio", "webhooks", "list", "--data", folder.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("CUSTOMERIO_APP_API_KEY");
  }

  @Test
  void aKeyThatIsRefusedIsExplainedAndNotShown() {
    CommandLine line = line(Map.of("KEY", "some-other-key"));
    int exit = line.execute("customerio", "webhooks", "list", "--config", config.toString());
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString())
        .contains("answered 401", "CUSTOMERIO_REGION")
        .doesNotContain("some-other-key");
  }

  private int webhooks(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "webhooks";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return run(all);
  }

  private int run(String... arguments) {
    var all = new String[arguments.length + 3];
    all[0] = "customerio";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--config";
    all[arguments.length + 2] = config.toString();
    return line().execute(all);
  }

  private CommandLine line() {
    return line(Map.of("KEY", KEY, "SECRET", "nobody-signs-here"));
  }

  private CommandLine line(Map<String, String> env) {
    CommandLine line = Main.commandLine(env, NOW);
    return line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
  }
}
