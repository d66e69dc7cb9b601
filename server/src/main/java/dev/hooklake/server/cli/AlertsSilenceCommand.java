package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Keeps alerts quiet for a while.
@Command(
    name = "silence",
    mixinStandardHelpOptions = true,
    description = {
      "Tell nobody of some alerts for a while, or end a silence.",
      "",
      "They are kept and shown all the same; what still fires afterwards is told then."
    },
    footer = {
      "",
      "Example: hooklake alerts silence --rule missing-events --subject customerio --for 2h"
    })
final class AlertsSilenceCommand implements Callable<Integer> {
  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "Only this rule; default: every rule.",
      defaultValue = "")
  private String rule = "";

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "Only this subject, as the list shows it; default: every subject.",
      defaultValue = "")
  private String subject = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for others to read.",
      defaultValue = "")
  private String reason = "";

  AlertsSilenceCommand(CommandContext context) {
    this.context = context;
  }

  /// One of the two.
  static final class Which {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "How long, for example 30m or 8h; in whole minutes.")
    private @Nullable Duration length;

    @Option(names = "--end", paramLabel = "ID", description = "Instead: end this silence now.")
    private @Nullable String end;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Duration length = which.length;
    if (length != null && length.toMinutes() < 1) {
      throw new ParameterException(spec.commandLine(), "give at least 1m as --for");
    }
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken())) {
      PrintWriter out = spec.commandLine().getOut();
      if (length == null) {
        admin.endSilence(String.valueOf(which.end));
        out.println("the silence has ended");
      } else {
        JsonNode silence = admin.silence(rule, subject, length.toMinutes(), reason);
        out.println(
            "silenced until "
                + silence.path("until").asText()
                + "; end it with --end "
                + silence.path("id").asText());
      }
      out.flush();
      return 0;
    }
  }
}
