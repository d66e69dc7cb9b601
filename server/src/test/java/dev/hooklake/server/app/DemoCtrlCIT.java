package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a person ends it.
final class DemoCtrlCIT {
  private static final Pattern SUM =
      Pattern.compile("\n([0-9,]+) accepted = \\1 landed = .* in quarantine: right\n");

  @TempDir private Path folder;

  @Test
  void ctrlCInMidTrafficLosesNothing() throws Exception {
    Path out = Files.createFile(folder.resolve("demo.log"));
    Path lake = folder.resolve("data").resolve("lake");
    Process demo =
        new Program(folder)
            .start(
                out, List.of("demo", "--port", "0", "--data", folder.resolve("data").toString()));
    try {
      awaitCommits(demo, lake);
      assertThat(Program.interrupt(demo)).as("exit code after Ctrl-C").isEqualTo(130);
    } finally {
      demo.destroyForcibly().waitFor();
    }
    Matcher sum = SUM.matcher(Files.readString(out));
    assertThat(sum.find()).as(Files.readString(out)).isTrue();
    LandedKeys keys = LandedKeys.in(lake);
    assertThat(keys.landing()).hasSize(Integer.parseInt(sum.group(1).replace(",", "")));
    assertThat(keys.derived()).hasSameSizeAs(keys.landing());
  }

  /// Until there are rows in the lake, while more come.
  private static void awaitCommits(Process demo, Path lake) throws Exception {
    Path second = lake.resolve("webhook_landing/_delta_log/00000000000000000001.json");
    Instant latest = Instant.now().plus(Program.PATIENCE);
    while (!Files.exists(second)) {
      assertThat(demo.isAlive() && Instant.now().isBefore(latest)).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
