package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {
  private static final Pattern LEADS =
      Pattern.compile(
          "leads: (?<events>[\\d,]+) events = (?<completed>[\\d,]+) completed"
              + " \\+ (?<failed>[\\d,]+) failed \\+ (?<open>[\\d,]+) open;"
              + " (?<notes>[\\d,]+) notes, and (?<taken>[\\d,]+) in the CRM");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Main.commandLine(Map.of(), InstantSource.system());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void everyAcceptedEventIsLandedOnceAndTypedOrQuarantinedOnce() {
    String data = folder.resolve("demo").toString();
    int exit = run("demo", "--events", "2000", "--rate", "0", "--port", "0", "--data", data);
    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("2,000 for the first time")
        // A demonstration that ends within seconds may end before the server has told of its leads.
        .containsPattern("\n2,000 (from providers \\+ [\\d,]+ about .* )?accepted")
        .containsPattern("\n([\\d,]+) accepted = \\1 landed = ")
        .contains("in quarantine: right")
        .containsPattern("customerio +[\\d,]+ landed = .* in quarantine: right")
        .containsPattern("twilio +[\\d,]+ landed = .* in quarantine: right")
        .containsPattern("resend +[\\d,]+ landed = .* in quarantine: right")
        .containsPattern("c2s +[\\d,]+ landed = .* in quarantine: right");
    requireLeads();
  }

  /// Its leads came to their end, and the CRM has their notes.
  private void requireLeads() {
    Matcher leads = LEADS.matcher(out.toString());
    assertThat(leads.find()).as(out.toString()).isTrue();
    assertThat(number(leads, "events"))
        .isEqualTo(number(leads, "completed") + number(leads, "failed"))
        .isGreaterThan(20);
    assertThat(number(leads, "completed")).isGreaterThan(number(leads, "events") / 2);
    assertThat(number(leads, "open")).isZero();
    // One whose answer was lost at the last attempt is in the CRM, and its event has failed.
    assertThat(number(leads, "taken"))
        .isPositive()
        .isBetween(number(leads, "notes"), number(leads, "notes") + number(leads, "failed"));
  }

  private static long number(Matcher matcher, String group) {
    return Long.parseLong(matcher.group(group).replace(",", ""));
  }

  @Test
  void theLakeItLeavesAnswersQueriesAndLookUps() {
    String data = folder.resolve("demo").toString();
    run("demo", "--events", "200", "--rate", "0", "--port", "0", "--data", data);
    out.getBuffer().setLength(0);
    assertThat(
            run(
                "query",
                "SELECT count(*) AS n FROM webhook_landing WHERE path <> '/'",
                "--format=csv",
                "--data",
                data))
        .isZero();
    assertThat(out.toString()).isEqualTo("n\r\n200\r\n");

    out.getBuffer().setLength(0);
    run(
        "query",
        "SELECT min(event_key) FROM webhook_landing WHERE source = 'customerio'",
        "--format=csv",
        "--data",
        data);
    String key = out.toString().lines().toList().getLast();
    out.getBuffer().setLength(0);
    assertThat(run("events", "show", key, "--data", data)).isZero();
    assertThat(out.toString()).containsPattern("outcome +(landed|quarantined)");
    assertThat(run("events", "show", "nobody", "--data", data)).isEqualTo(3);
  }

  @Test
  void itTakesNoDirectoryOfARealServer() throws Exception {
    Files.createDirectories(folder.resolve("journal"));
    assertThat(run("demo", "--events", "1", "--port", "0", "--data", folder.toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains("no demonstration");
  }
}
