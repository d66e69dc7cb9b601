package dev.hooklake.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class CliReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "cli.md");
  private static final Path RENDERED = Path.of("target", "cli.md");
  private static final String INTRODUCTION =
      """
      # Commands

      What `--help` says, of every command. `./hooklake` finds a JDK 25, builds the program when its
      sources are newer, and runs it.

      | exit code | meaning |
      |---|---|
      | 0 | done; for some commands: and all is well, see there |
      | 1 | failed, the message says why; or something is not well, see there |
      | 2 | the command line was not understood |
      | 3 | `events show`: the event is not known |
      | 4 | `reconcile`, `backfill`: events are missing |
      | 78 | the settings have errors; each is printed |
      | 130, 143 | ended by Ctrl-C or SIGTERM, in order |

      Results go to standard output; messages, progress and logs to standard error. What takes longer than
      two seconds says so. Times are UTC.
      """;

  @Test
  void theReferenceIsWhatHelpSays() throws IOException {
    var text = new StringBuilder(INTRODUCTION);
    describe(Main.commandLine(Map.of(), InstantSource.system()), text);
    Files.writeString(RENDERED, text);
    assertThat(Files.readString(REFERENCE))
        .as("after a change: cp server/target/cli.md docs/reference/cli.md")
        .isEqualTo(text.toString());
  }

  private static void describe(CommandLine command, StringBuilder text) {
    text.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    text.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n");
    command.getSubcommands().values().forEach(subcommand -> describe(subcommand, text));
  }
}
