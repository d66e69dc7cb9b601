package dev.hooklake.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path data;

  private Cli.Run run(String... arguments) {
    return Cli.in(data).run(arguments);
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    Cli.Run run = run("query", "SELECT 1", "--colour");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--colour").contains("--config");
  }

  @Test
  void aFormatThatIsNoneIsAUsageErrorThatNamesThem() {
    Cli.Run run = run("query", "SELECT 1", "--format", "xml");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("table, csv, json");
  }

  @Test
  void sendTakesAFileOrASampleButNotBoth() {
    assertThat(run("send", "--file", "x", "--sample", "y").exit()).isEqualTo(2);
  }

  @Test
  void anUnknownSampleIsAnsweredWithThoseThereAre() {
    Cli.Run run = run("send", "--sample", "nothing");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("there is no sample 'nothing'").contains("email-sent");
  }

  @Test
  void aSourceThatIsNotConfiguredIsAnsweredWithThoseThatAre() {
    assertThat(run("send", "--source", "other").err())
        .contains("no source is called 'other'; there are: customerio");
    assertThat(run("simulate", "--source", "other", "--events", "1").err())
        .contains("no source is called 'other'");
    assertThat(run("send", "--sample", "twilio-sms-sent").err())
        .contains("no signing secret is configured for twilio");
  }

  @Test
  void aFileThatNoServerTookIsNotLeftInItsFolder() throws Exception {
    Path file = Files.writeString(data.resolve("deliveries.csv"), "delivery_id,type,sent\n");
    Cli.Run run = run("backfill", "--source", "customerio", "--file", file.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no server answers");
    assertThat(data.resolve("exports")).isEmptyDirectory();
    assertThat(file).exists();
  }

  @Test
  void sendToNobodySaysSo() {
    Cli.Run run = run("send", "--sample", "email-sent");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("no answer from http://127.0.0.1:1/").contains("server up");
  }

  @Test
  void aLoadWithoutAnEndIsRefusedWhereNobodyCanStopIt() {
    Cli.Run run = run("simulate");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("give --events or --duration");
  }

  @Test
  void aLoadOfNothingIsRefused() {
    assertThat(run("simulate", "--events", "0").err()).contains("give at least 1 event");
    assertThat(run("simulate", "--events", "1", "--rate", "-1").err()).contains("give a rate");
    assertThat(run("simulate", "--duration", "soon").err()).contains("'soon' is no duration");
  }
}
