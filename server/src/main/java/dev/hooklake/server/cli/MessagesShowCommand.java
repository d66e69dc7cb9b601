package dev.hooklake.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what became of one message.
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Say what became of one message: its status, since when, and why it failed.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it is registered",
      "1:it could not be found out",
      "2:wrong usage",
      "3:it is not registered"
    },
    footer = {"", "Example: hooklake messages show 42"})
final class MessagesShowCommand implements Callable<Integer> {
  private static final int NOT_KNOWN = 3;

  private final CommandContext context;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private InstallationOptions installation = new InstallationOptions();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(names = "--json", description = "The admin port's answer as it is.")
  private boolean json;

  MessagesShowCommand(CommandContext context) {
    this.context = context;
  }

  /// One of the two.
  static final class Which {
    @Parameters(paramLabel = "ID", arity = "1", description = "Your own id of the message.")
    private @Nullable String id;

    @Option(
        names = "--external-id",
        paramLabel = "SOURCE:ID",
        description = "Instead: the provider's id, after the source's name and a colon.",
        converter = ExternalIdText.Converter.class)
    private @Nullable ExternalIdText externalId;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation hooklake = installation.in(context);
    try (var admin = new AdminClient(hooklake.adminUrl(), hooklake.adminToken());
        Progress _ = Progress.elapsed(context, spec.commandLine().getErr(), "asking the server")) {
      Optional<JsonNode> message = find(admin);
      PrintWriter out = spec.commandLine().getOut();
      if (message.isEmpty()) {
        spec.commandLine().getErr().println("no such message is registered");
        return NOT_KNOWN;
      }
      if (json) {
        out.println(message.get().toPrettyString());
      } else {
        MessageText.print(message.get(), out);
      }
      out.flush();
      return 0;
    }
  }

  private Optional<JsonNode> find(AdminClient admin) throws IOException, InterruptedException {
    ExternalIdText externalId = which.externalId;
    return externalId == null
        ? admin.message(String.valueOf(which.id))
        : admin.message(externalId.source(), externalId.id());
  }
}
